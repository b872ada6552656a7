/** Bandwidth limits by modifier (RFC 8866 5.8; RFC 3890 for TIAS). */
import type { Change } from '../change.ts';
import { visible } from '../printable.ts';
import type { Bandwidth } from '../sdp.ts';
import type { DiffContext } from './context.ts';
import { kindName, sectionChange, sessionChange } from './context.ts';
import { rateWords } from './words.ts';

/** Class bandwidth, per section and for the session. */
export function diffBandwidth(context: DiffContext): Change[] {
  const session = limits(context.before.bandwidth, context.after.bandwidth).map(({ path, draft }) =>
    sessionChange(context, path, { ...draft, sentence: draft.sentence('The session') }),
  );
  const sections = context.live.flatMap((pair) =>
    limits(pair.before.bandwidth, pair.after.bandwidth).map(({ path, draft }) => {
      const kind = kindName(pair.after);
      const name = kind.charAt(0).toUpperCase() + kind.slice(1);
      return sectionChange(context, pair, path, { ...draft, sentence: draft.sentence(name) });
    }),
  );
  return [...session, ...sections];
}

interface Limit {
  readonly path: string;
  readonly draft: {
    readonly class: 'bandwidth';
    readonly before: string | null;
    readonly after: string | null;
    readonly sentence: (subject: string) => string;
    readonly linesBefore: readonly number[];
    readonly linesAfter: readonly number[];
  };
}

function limits(before: readonly Bandwidth[], after: readonly Bandwidth[]): Limit[] {
  const old = byModifier(before);
  const fresh = byModifier(after);
  return [...new Set([...old.keys(), ...fresh.keys()])].flatMap((modifier) => {
    const left = old.get(modifier);
    const right = fresh.get(modifier);
    if (left?.value === right?.value) return [];
    const sentence = (subject: string) => limitSentence(subject, modifier, left?.value, right?.value);
    const lines = { linesBefore: left?.lines ?? [], linesAfter: right?.lines ?? [] };
    const values = { before: left?.value ?? null, after: right?.value ?? null };
    return [
      {
        path: `bandwidth.${visible(modifier, 16)}`,
        draft: { class: 'bandwidth' as const, ...values, sentence, ...lines },
      },
    ];
  });
}

/** A modifier stated twice keeps both values. */
function byModifier(all: readonly Bandwidth[]): Map<string, { value: string; lines: number[] }> {
  const found = new Map<string, { value: string; lines: number[] }>();
  for (const { modifier, value, line } of all) {
    const first = found.get(modifier);
    found.set(
      modifier,
      first === undefined
        ? { value, lines: [line] }
        : { value: `${first.value},${value}`, lines: [...first.lines.slice(0, 20), line] },
    );
  }
  return found;
}

function limitSentence(
  subject: string,
  modifier: string,
  before: string | undefined,
  after: string | undefined,
): string {
  const name = visible(modifier, 16);
  if (after === undefined) return `${subject} is no longer limited (b=${name}:${visible(before ?? '', 16)} is gone).`;
  const was = before === undefined ? 'unlimited' : rateWords(modifier, before);
  return `${subject} is limited to ${rateWords(modifier, after)} (${name}), was ${was}.`;
}
