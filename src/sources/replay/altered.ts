/** What a server has changed of a description on its way, where both of its sides are played: they said something else. */
import type { Signal } from '../../core/event.ts';
import type { Change } from '../../sdp/change.ts';
import { diffSdp } from '../../sdp/diff.ts';
import { parseSdp } from '../../sdp/parse.ts';
import { nameOf, type Ours, type Weighed } from './meaning.ts';
import type { ReplayReport } from './report.ts';
import type { Step } from './script.ts';

/** More are counted. */
const MOST = 5;

/** The heard message brings what the replay has said itself, which is `step` of the recording, but with another meaning. */
export function altered(step: Step, heard: Weighed, ours: Ours): ReplayReport | undefined {
  const changes = step.signals.flatMap((signal) => {
    if (!('sdp' in signal) || !ours.has(signal.sdp)) return [];
    const now = heard.signals.find((one): one is typeof signal => one.type === signal.type && 'sdp' in one);
    return now === undefined || now.sdp === signal.sdp ? [] : sentencesOf(signal, now);
  });
  if (changes.length === 0) return undefined;
  const more = changes.length > MOST ? ` And ${changes.length - MOST} more.` : '';
  const sentence = `The ${nameOf(step)} of ${step.from} (event ${step.seq} of the recording) arrives changed: ${changes.slice(0, MOST).join(' ')}${more}`;
  return { kind: 'altered', sentence, recorded: step.seq };
}

type Described = Extract<Signal, { readonly sdp: string }>;

/** What is the same in several sections is said once. */
function sentencesOf(said: Described, arrived: Described): readonly string[] {
  const sections = new Map<string, number>();
  for (const change of diffSdp(parseSdp(said.sdp), parseSdp(arrived.sdp))) {
    const sentence = sentenceOf(change);
    sections.set(sentence, (sections.get(sentence) ?? 0) + 1);
  }
  return [...sections].map(([sentence, count]) =>
    count === 1 ? sentence : `${sentence.replace(/\.$/, '')} (in ${count} sections).`,
  );
}

/** Nobody restarts ICE on the way. */
const sentenceOf = ({ class: kind, sentence }: Change): string =>
  kind === 'ice-restart' ? sentence.replace(/^Restarts ICE/, 'Has other ICE credentials') : sentence;
