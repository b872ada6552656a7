/** DTLS and the transport profile: role, certificate, tls-id (RFC 8842), protocol of the m= line. */
import type { Change } from '../change.ts';
import { visible } from '../printable.ts';
import { collapse, type SectionDraft } from './collapse.ts';
import { type DiffContext, isRtp, type SectionPair } from './context.ts';
import { fingerprintsOf, tagOf } from './transports.ts';
import { list } from './words.ts';

/** Class dtls: `a=setup`, `a=fingerprint`, `a=tls-id`, and the profile of the m= line. */
export function diffDtls(context: DiffContext): Change[] {
  const look = (suffix: string, drafts: (pair: SectionPair) => SectionDraft[], pairs = context.live) =>
    collapse(context, suffix, pairs.flatMap(drafts), pairs);
  const rtp = context.live.filter((pair) => isRtp(pair.after));
  const others = context.live.filter((pair) => !isRtp(pair.after));
  return [
    ...look('fingerprint', (pair) => certificate(context, pair)),
    ...look('setup', (pair) => role(context, pair)),
    ...look('tls-id', tlsId),
    ...look('protocol', profile, rtp),
    ...look('protocol', profile, others),
  ];
}

function certificate(context: DiffContext, pair: SectionPair): SectionDraft[] {
  const before = fingerprintsOf(context.committed, pair.committed);
  const after = fingerprintsOf(context.after, pair.after);
  if (before.values.join() === after.values.join()) return [];
  const gone = before.values.filter((print) => !after.values.includes(print));
  const fresh = after.values.filter((print) => !before.values.includes(print));
  const lines = { linesBefore: before.lines, linesAfter: after.lines };
  const sentence = certificateSentence(gone, fresh);
  return [{ pair, class: 'dtls', before: before.values, after: after.values, sentence, ...lines, inCommitted: true }];
}

function certificateSentence(gone: readonly string[], fresh: readonly string[]): string {
  const from = list(gone.map(shortPrint), 3);
  const to = list(fresh.map(shortPrint), 3);
  if (gone.length === 0) return `adds a certificate fingerprint: ${to}.`;
  if (fresh.length === 0) return `drops a certificate fingerprint: ${from}.`;
  return `presents another DTLS certificate: ${from} → ${to}.`;
}

/** `sha-256 70:61:06…` */
function shortPrint(print: string): string {
  const [hash = '', digest = ''] = print.split(' ');
  return `${visible(hash, 12)} ${visible(digest, 12)}`;
}

/** Setup values of an answer (active, passive) say nothing about the next offer (actpass): rules C.1. */
function role(context: DiffContext, pair: SectionPair): SectionDraft[] {
  if (pair.fromAnswer) return [];
  const source = pair.beforeIsCommitted ? context.committed : context.before;
  const before = pair.before.dtls.setup ?? tagOf(source, pair.before).dtls.setup;
  const after = pair.after.dtls.setup ?? tagOf(context.after, pair.after).dtls.setup;
  if (before?.value === after?.value) return [];
  const sentence = roleSentence(before?.value, after?.value);
  const lines = { linesBefore: [before?.line], linesAfter: [after?.line] };
  return [{ pair, class: 'dtls', before: before?.value ?? null, after: after?.value ?? null, sentence, ...lines }];
}

function roleSentence(before: string | undefined, after: string | undefined): string {
  if (after === undefined) return `no longer states a DTLS role (was ${roleName(before ?? '')}).`;
  return before === undefined
    ? `states a DTLS role: ${roleName(after)}.`
    : `DTLS role: ${roleName(before)} → ${roleName(after)}.`;
}

/** The spec's word and what it means. */
function roleName(setup: string): string {
  const meaning: Record<string, string> = { active: ' (client)', passive: ' (server)', actpass: ' (either)' };
  return `${visible(setup, 20)}${meaning[setup] ?? ''}`;
}

function tlsId(pair: SectionPair): SectionDraft[] {
  const before = pair.committed.dtls.tlsId;
  const after = pair.after.dtls.tlsId;
  if (before?.value === after?.value) return [];
  const sentence = `DTLS association id (tls-id): ${visible(before?.value ?? 'none', 24)} → ${visible(after?.value ?? 'none', 24)}.`;
  const lines = { linesBefore: [before?.line], linesAfter: [after?.line] };
  return [
    {
      pair,
      class: 'dtls',
      before: before?.value ?? null,
      after: after?.value ?? null,
      sentence,
      ...lines,
      inCommitted: true,
    },
  ];
}

function profile(pair: SectionPair): SectionDraft[] {
  const before = pair.before.protocol;
  const after = pair.after.protocol;
  // An answer is written in the form its offer chose.
  if (before === after || pair.fromAnswer) return [];
  const sentence = `Transport profile: ${visible(before, 30)} → ${visible(after, 30)}.`;
  return [
    { pair, class: 'dtls', before, after, sentence, linesBefore: [pair.before.line], linesAfter: [pair.after.line] },
  ];
}
