/** rtcstats dumps: what a script in the page has logged of its peer connections, a JSON array a line. */
import type { Draft } from '../core/event.ts';
import { type Importer, lineProblem, startOf } from './importer.ts';
import { rtcstatsLines, startsAsRtcstats } from './rtcstats/lines.ts';
import { createRestorer, type Restorer } from './rtcstats/sdp.ts';
import { draftsOfTrace, type TraceEntry } from './trace.ts';

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
  read(text) {
    const restorers = new Map<string, Restorer>();
    const entries: TraceEntry[] = [];
    const problems: Draft[] = [];
    const problem = (number: number, raw: string, what: string) =>
      problems.push(lineProblem({ number, text: raw, object: undefined, last: false }, what));
    for (const { number, text: raw, entry } of rtcstatsLines(text)) {
      if (entry === undefined) {
        problem(number, raw, 'is no entry of an rtcstats dump');
        continue;
      }
      const { method: name, pc, t } = entry;
      if (pc === undefined) continue;
      const restorer = restorers.get(pc) ?? createRestorer();
      restorers.set(pc, restorer);
      const value = restorer.restore(name, entry.value);
      if (value !== false) entries.push({ pc, t, name, value });
      else problem(number, raw, 'stores what has changed in a description that is not in the dump');
    }
    const start = startOf(entries.map(({ t }) => t));
    return {
      header: { startedAt: start.startedAt },
      drafts: [...draftsOfTrace(entries, 'rtcstats', start.epoch), ...problems],
    };
  },
  example: EXAMPLE,
};
