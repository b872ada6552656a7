/** What libwebrtc of the engine's age does in its own way: nothing that the recorded sides did, or are to blame for. */
import type { Finding } from '../rule.ts';

/** Rules about what an engine writes by itself, with what is to be said of it. */
const WAYS: ReadonlyMap<string, string> = new Map([
  [
    'extmap-id-reassigned',
    'gives the ids of header extensions to others once no section that used them is left; newer browsers keep them',
  ],
]);

/** Whether a finding in what was done again is about the engine. `engines` are the parties that are one. */
export function isOfEngine({ rule, side }: Finding, engines: readonly string[]): boolean {
  return WAYS.has(rule) && engines.includes(side);
}

/** Each once, in a sentence. */
export function engineSentences(findings: readonly Finding[]): readonly string[] {
  return [...new Set(findings.map(({ rule }) => rule))].map(
    (rule) => `The engine ${WAYS.get(rule)}: ${rule} is about it, and does not count.`,
  );
}
