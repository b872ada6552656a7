/** rtcstats dumps: what a script in the page has logged of its peer connections, a JSON array a line. */
import type { Draft } from '../core/event.ts';
import type { JsonLine } from '../session/lines.ts';
import { type Importer, lineProblem, type Put, type Reading, startOf } from './importer.ts';
import { createRtcstatsReader, startsAsRtcstats } from './rtcstats/lines.ts';
import { createRestorer, type Restorer } from './rtcstats/sdp.ts';
import { readStep } from './trace/step.ts';
import { draftsOfTrace, type TraceEntry } from './trace.ts';

/** Lines that cannot be read and are told one by one. */
const MOST_PROBLEMS = 10_000;

const EXAMPLE = `RTCStatsDump
{"fileFormat":3,"url":"/call","origin":"https://example.org"}
[39,"PC_0",{"iceServers":[]},1795247119400]
[2,"PC_0",null,"2-0",60]
["setLocalDescription","PC_0",{"type":"offer","sdp":"v=0\\r\\n"},"6-0",3]
[7,"PC_0",null,"6-0",2]
[23,"PC_0","have-local-offer",0]
`;

export const rtcstats: Importer = {
  name: 'rtcstats',
  title: 'rtcstats dump',
  sniff: (head) => (startsAsRtcstats(head) ? 0.9 : 0),
  open: openRtcstats,
  example: EXAMPLE,
};

/** Statistics, by far the most of a dump, are not kept. */
function openRtcstats(put: Put): Reading {
  const restorers = new Map<string, Restorer>();
  const entries: TraceEntry[] = [];
  const problems: Draft[] = [];
  let start: ReturnType<typeof startOf> | undefined;
  let more = 0;
  const problem = (line: JsonLine, what: string) => {
    if (problems.length < MOST_PROBLEMS) problems.push(lineProblem(line, what));
    else more += 1;
  };
  const reader = createRtcstatsReader(({ line, entry }) => {
    if (entry === undefined) return problem(line, 'is no entry of an rtcstats dump');
    const { method: name, pc, t } = entry;
    if (pc === undefined) return;
    start ??= startOf([t]);
    const restorer = restorers.get(pc) ?? createRestorer();
    restorers.set(pc, restorer);
    const value = restorer.restore(name, entry.value);
    if (value === false) problem(line, 'stores what has changed in a description that is not in the dump');
    else if (readStep(name, value) !== undefined) entries.push({ pc, t, name, value });
  });
  return {
    write: reader.write,
    end() {
      const cut = reader.end();
      for (const draft of draftsOfTrace(entries, 'rtcstats', start?.epoch ?? 0)) put(draft);
      for (const draft of problems) put(draft);
      if (more > 0)
        put({ from: '', to: '', kind: 'problem', code: 'INPUT_LINE', detail: `${more} more lines are no entries` });
      if (cut !== undefined) put(cut);
    },
    header: () => ({ startedAt: (start ?? startOf([])).startedAt }),
  };
}
