/**
 * Never cry wolf: two real engines do at random what applications do, and the rules must find nothing wrong with it.
 * `RENEGO_SEED=7 npx vitest run --config test/vitest.config.ts --project real test/real/random` tries another sequence.
 */
import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { wrtc } from '../../src/engines/wrtc.ts';
import type { Finding } from '../../src/rules/rule.ts';
import { seeded } from '../helpers/seeded.ts';
import { hear, withFolded } from '../rules/conversation.ts';
import { createNegotiators } from './negotiators.ts';
import { withParts } from './parts.ts';

const SEED = Number(process.env.RENEGO_SEED ?? 20_261_121);
const OPERATIONS = 500;
const PER_SESSION = 25;
/** What healthy traffic deserves; all of them warnings. */
const DESERVED = ['offer-superseded', 'polite-offer-lost', 'mline-rejected'];

withParts(['wrtc'], 'rules on random negotiation of real engines', () => {
  it(`finds nothing wrong with ${OPERATIONS} operations (seed ${SEED})`, { timeout: 120_000 }, async () => {
    const factory = await wrtc.load();
    const alarms: string[] = [];
    const done: Record<string, number> = {};
    for (let session = 0; session < OPERATIONS / PER_SESSION; session++) {
      const negotiators = createNegotiators(factory, seeded(SEED + session * 7919));
      const transcript = join(tmpdir(), `renego-random-${SEED}-${session}.ndjson`);
      let failure: unknown;
      try {
        for (let n = 0; n < PER_SESSION; n++) await negotiators.step();
        await negotiators.end();
      } catch (thrown) {
        failure = thrown;
      } finally {
        negotiators.close();
      }
      for (const [what, times] of Object.entries(negotiators.done)) done[what] = (done[what] ?? 0) + times;
      const deserved = ({ rule, event }: Finding): boolean =>
        DESERVED.includes(rule) || (rule === 'extmap-id-reassigned' && negotiators.renumbersBefore(event));
      const found = withFolded(hear(negotiators.lines).findings)
        .filter((finding) => finding.severity !== 'info' && !deserved(finding))
        .map(({ severity, rule, event, message }) => `${severity} ${rule} at ${event}: ${message}`);
      if (failure !== undefined) found.push(`the engines could not go on: ${String(failure)}`);
      if (found.length === 0) continue;
      writeFileSync(transcript, negotiators.lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
      alarms.push(`seed ${SEED}, session ${session}, ${transcript}:`, ...found.map((text) => `  ${text}`));
    }
    console.log(`seed ${SEED}: ${JSON.stringify(done)}`);
    expect(alarms.join('\n')).toBe('');
    for (const what of ['call', 'glare', 'supersede', 'stop', 'restart-ice', 'hang-up']) {
      expect(done[what], what).toBeGreaterThan(3);
    }
  });
});
