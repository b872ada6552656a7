/** What a learned template makes of the recording it was learned from: the first thing to know of it. */

import type { Signal } from '../../../core/event.ts';
import type { Frame, Protocol } from '../../protocol.ts';
import { recognise } from '../../recogniser/recognise.ts';
import { fromBase64 } from '../bytes.ts';
import { templateProtocol } from '../protocol.ts';
import type { TemplateSource } from '../source.ts';
import type { Timed } from './traffic.ts';

const KINDS = ['offer', 'answer', 'candidate'] as const;
type Kind = (typeof KINDS)[number];

/** Of each kind, how many the recording holds, and how many of these the template reads. */
export type Reread = Readonly<Record<Kind, { readonly of: number; readonly read: number }>>;

export const reread = (source: TemplateSource, connections: readonly (readonly Timed[])[]): Reread =>
  readBy(templateProtocol(source), connections);

/** The same for any protocol that reads connections. */
export function readBy(protocol: Protocol, connections: readonly (readonly Timed[])[]): Reread {
  const count = { offer: { of: 0, read: 0 }, answer: { of: 0, read: 0 }, candidate: { of: 0, read: 0 } };
  for (const frames of connections) {
    const decoder = protocol.decoder({ client: 'client', server: 'server' });
    for (const { frame } of frames) {
      const [there, read] = [
        recognise(payload(frame)).found.map(({ signal }) => signal),
        decoder.decode(frame).signals,
      ];
      for (const kind of KINDS) {
        const of = there.filter((one) => isOf(one, kind)).length;
        count[kind].of += of;
        count[kind].read += Math.min(of, read.filter((one) => isOf(one, kind)).length);
      }
    }
  }
  return count;
}

const payload = ({ data, encoding }: Frame): string | Uint8Array =>
  encoding === 'text' ? data : (fromBase64(data) ?? new Uint8Array());

const isOf = ({ type }: Pick<Signal, 'type'>, kind: Kind): boolean => type === kind;

/** In one sentence, and whether it is all. */
export function sentenceOf(count: Reread): { readonly text: string; readonly all: boolean } {
  const there = KINDS.filter((kind) => count[kind].of > 0);
  const parts = there.map((kind) => `${count[kind].read} of ${count[kind].of} ${kind}s`);
  return {
    text: `With it, renego reads ${parts.join(', ')} of this recording.`,
    all: there.every((kind) => count[kind].read === count[kind].of),
  };
}
