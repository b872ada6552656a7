/** Parameters of codecs both sides have: `a=fmtp` by parameter, `a=rtcp-fb` by type, `a=ptime`, `a=maxptime`. */
import type { Change, ChangeValue } from '../change.ts';
import { visible } from '../printable.ts';
import type { Codec } from '../sdp.ts';
import { type CodecPair, matchCodecs, sameCodecs } from './codec-match.ts';
import type { DiffContext, SectionPair } from './context.ts';
import { isRtp, sectionChange } from './context.ts';
import { list } from './words.ts';

/** Class codec-param. */
export function diffCodecParameters(context: DiffContext): Change[] {
  return context.live.flatMap((pair) => {
    if (pair.sameText) return [];
    const times = [...timeChange(context, pair, 'ptime'), ...timeChange(context, pair, 'maxptime')];
    if (!isRtp(pair.after) || sameCodecs(pair)) return times;
    const codecs = matchCodecs(pair).pairs;
    return [
      ...codecs.flatMap((each) => clockChange(context, pair, each)),
      ...formatChanges(context, pair, codecs),
      ...feedbackChanges(context, pair, codecs),
      ...times,
    ];
  });
}

/** Clock rate or channels of a format whose identity is that of the codec it serves (rtx). */
function clockChange(context: DiffContext, pair: SectionPair, each: CodecPair): Change[] {
  const written = (codec: Codec) => `${codec.name.toLowerCase()}/${codec.clockRate}/${codec.channels}`;
  const before = written(each.before);
  const after = written(each.after);
  if (before === after) return [];
  const draft = {
    class: 'codec-param' as const,
    before,
    after,
    sentence: `${each.label}: rtpmap ${visible(before, 30)} → ${visible(after, 30)}.`,
    verbatim: true,
    linesBefore: [each.before.rtpmapLine],
    linesAfter: [each.after.rtpmapLine],
  };
  return [sectionChange(context, pair, `codecs.${each.label}.rtpmap`, draft)];
}

function formatChanges(context: DiffContext, pair: SectionPair, codecs: readonly CodecPair[]): Change[] {
  const partners = new Map(codecs.map((each) => [each.before.payloadType, each.after.payloadType]));
  return codecs.flatMap((each) => {
    if (sameText(each)) return [];
    const before = parametersOf(each.before, each);
    const after = parametersOf(each.after, each);
    const apt = after.get('apt');
    if (apt !== undefined && partners.get(before.get('apt') ?? '') === apt) {
      before.delete('apt');
      after.delete('apt');
    }
    const keys = [...new Set([...before.keys(), ...after.keys()])]
      .filter((key) => before.get(key) !== after.get(key))
      .sort();
    if (keys.length === 0) return [];
    const draft = {
      class: 'codec-param' as const,
      before: pick(before, keys),
      after: pick(after, keys),
      sentence: `${each.label}: ${parameterWords(keys, before, after)}.`,
      verbatim: true,
      linesBefore: each.before.fmtp.map((line) => line.line),
      linesAfter: each.after.fmtp.map((line) => line.line),
    };
    return [sectionChange(context, pair, `codecs.${each.label}.fmtp`, draft)];
  });
}

function sameText(pair: CodecPair): boolean {
  const { before, after } = pair;
  const [left] = before.fmtp;
  const [right] = after.fmtp;
  return (
    before.fmtp.length === after.fmtp.length &&
    before.fmtp.length < 2 &&
    left?.text === right?.text &&
    before.apt === undefined
  );
}

/** Parameter → value. RED's list of payload types is part of the codec's identity, so equal identity means equal list. */
function parametersOf(codec: Codec, pair: CodecPair): Map<string, string> {
  const all = new Map<string, string>();
  for (const { key, value } of codec.fmtp.flatMap((line) => line.parameters)) {
    if (codec.role === 'red' && value === '' && pair.before.identity === pair.after.identity) continue;
    const first = all.get(key);
    all.set(key, first === undefined ? value : `${first};${value}`);
  }
  return all;
}

function pick(parameters: ReadonlyMap<string, string>, keys: readonly string[]): ChangeValue {
  const picked = keys.flatMap((key) => (parameters.has(key) ? [[key, parameters.get(key) ?? ''] as const] : []));
  return picked.length === 0 ? null : Object.fromEntries(picked);
}

/** `stereo=1 added, maxaveragebitrate 32000 → 64000, usedtx=1 removed`. */
function parameterWords(
  keys: readonly string[],
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): string {
  const written = (key: string, value: string) =>
    value === '' ? visible(key, 30) : `${visible(key, 30)}=${visible(value, 24)}`;
  const added = keys.filter((key) => !before.has(key)).map((key) => written(key, after.get(key) ?? ''));
  const removed = keys.filter((key) => !after.has(key)).map((key) => written(key, before.get(key) ?? ''));
  const changed = keys
    .filter((key) => before.has(key) && after.has(key))
    .map(
      (key) => `${visible(key, 30)} ${visible(before.get(key) || "''", 24)} → ${visible(after.get(key) || "''", 24)}`,
    );
  const parts = [
    added.length > 0 ? `${list(added)} added` : '',
    list(changed),
    removed.length > 0 ? `${list(removed)} removed` : '',
  ];
  return parts.filter((part) => part !== '').join(', ');
}

interface FeedbackGroup {
  readonly removed: readonly string[];
  readonly added: readonly string[];
  readonly codecs: CodecPair[];
}

function feedbackChanges(context: DiffContext, pair: SectionPair, codecs: readonly CodecPair[]): Change[] {
  const groups = new Map<string, FeedbackGroup>();
  for (const each of codecs) {
    if (sameFeedback(each)) continue;
    const before = new Set(each.before.feedback.map((feedback) => feedback.type));
    const after = new Set(each.after.feedback.map((feedback) => feedback.type));
    const removed = [...before].filter((type) => !after.has(type)).sort();
    const added = pair.fromAnswer ? [] : [...after].filter((type) => !before.has(type)).sort();
    if (removed.length === 0 && added.length === 0) continue;
    const key = JSON.stringify([removed, added]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { removed, added, codecs: [each] });
    else group.codecs.push(each);
  }
  return [...groups.values()].map((group) => feedbackChange(context, pair, group));
}

function sameFeedback({ before, after }: CodecPair): boolean {
  const { feedback } = after;
  return (
    before.feedback.length === feedback.length &&
    before.feedback.every((each, place) => each.type === feedback[place]?.type)
  );
}

/** Codecs which lose and gain the same feedback are said together. */
function feedbackChange(context: DiffContext, pair: SectionPair, group: FeedbackGroup): Change {
  const words = [];
  const labels = [...new Set(group.codecs.map((each) => each.label))].sort();
  const many = labels.length > 1;
  const shown = (types: readonly string[]) => list(types.map((type) => visible(type, 24)));
  if (group.removed.length > 0) words.push(`${many ? 'lose' : 'loses'} feedback ${shown(group.removed)}`);
  if (group.added.length > 0) words.push(`${many ? 'gain' : 'gains'} feedback ${shown(group.added)}`);
  const linesOf = (side: 'before' | 'after', types: readonly string[]) =>
    group.codecs.flatMap((each) =>
      each[side].feedback.filter((feedback) => types.includes(feedback.type)).map((feedback) => feedback.line),
    );
  return sectionChange(context, pair, `codecs.${labels.join(',')}.rtcp-fb`, {
    class: 'codec-param',
    before: group.removed,
    after: group.added,
    sentence: `${list(labels, 4)}: ${words.join(', ')}.`,
    verbatim: true,
    linesBefore: linesOf('before', group.removed),
    linesAfter: linesOf('after', group.added),
  });
}

function timeChange(context: DiffContext, pair: SectionPair, name: 'ptime' | 'maxptime'): Change[] {
  const before = pair.before[name];
  const after = pair.after[name];
  if (before?.value === after?.value) return [];
  const title = name === 'ptime' ? 'Packet time (ptime)' : 'Longest packet time (maxptime)';
  const shown = (value: string | undefined) => (value === undefined ? 'none' : `${visible(value, 12)} ms`);
  const draft = {
    class: 'codec-param' as const,
    before: before?.value ?? null,
    after: after?.value ?? null,
    sentence: `${title}: ${shown(before?.value)} → ${shown(after?.value)}.`,
    linesBefore: [before?.line],
    linesAfter: [after?.line],
  };
  return [sectionChange(context, pair, name, draft)];
}
