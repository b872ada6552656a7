/** Two recordings side by side: which description of one stands for which of the other. */
import type { Description, Model, Session } from '../../core/model.ts';
import { diffLines } from '../../sdp/line-diff.ts';

/** A description that both have, or that one of them lacks. */
export interface Pair {
  readonly before: Step | undefined;
  readonly after: Step | undefined;
}

/** A description, who sent it as a role, and the session it belongs to. */
export interface Step {
  readonly description: Description;
  /** `A` sent the first description of its session, `B` is the other side: names may differ between recordings. */
  readonly role: 'A' | 'B';
  /** Sessions are numbered in the order they began. */
  readonly session: number;
}

/** All descriptions of a model as steps. Copies (a server's echo, a retransmission) are no steps. */
export function stepsOf(model: Model): readonly Step[] {
  const sessions = [...model.sessions.values()].filter(({ descriptions }) => descriptions.length > 0);
  return sessions
    .sort((a, b) => firstSeq(a) - firstSeq(b))
    .flatMap(({ descriptions }, session) => {
      const first = descriptions[0]?.from;
      return descriptions
        .filter(({ repeats, reflects }) => repeats === undefined && reflects === undefined)
        .map((description): Step => ({ description, role: description.from === first ? 'A' : 'B', session }));
    });
}

const firstSeq = ({ descriptions }: Session): number => descriptions[0]?.seq ?? 0;

/** Pairs steps of the same session, role and type in order; what stands alone is missing or unexpected. */
export function align(before: readonly Step[], after: readonly Step[]): readonly Pair[] {
  return diffLines(before.map(keyOf), after.map(keyOf)).map(({ before: b, after: a }) => ({
    before: b === undefined ? undefined : before[b - 1],
    after: a === undefined ? undefined : after[a - 1],
  }));
}

const keyOf = ({ session, role, description }: Step): string => `${session} ${role} ${description.type}`;
