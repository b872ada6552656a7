/** Captured WebSocket frames (NDJSON): `{"t","dir":"c2s|s2c","conn","opcode","data"}`, read without knowing the protocol. */

import { jsonLines } from '../session/lines.ts';
import { readFrame } from './frame.ts';
import { decodeFrames } from './frames/lanes.ts';
import { type Importer, lineProblem, type NumberedDraft, startOf } from './importer.ts';

const EXAMPLE = `{"t":1795247554000,"dir":"c2s","conn":"a","opcode":"text","data":"{\\"type\\":\\"offer\\",\\"sdp\\":\\"v=0\\\\r\\\\n\\"}"}
{"t":1795247554001,"dir":"s2c","conn":"b","opcode":"text","data":"{\\"type\\":\\"offer\\",\\"sdp\\":\\"v=0\\\\r\\\\n\\"}"}
`;

export const frames: Importer = {
  name: 'frames',
  title: 'captured WebSocket frames',
  sniff(head) {
    const line = head.split('\n', 20).find((one) => /"dir"\s*:\s*"(?:c2s|s2c)"/.test(one));
    return line !== undefined && /"data"\s*:|"opcode"\s*:/.test(line) ? 0.95 : 0;
  },
  read(text) {
    const lines = [...jsonLines(text)];
    const start = startOf(lines.map(({ object }) => object?.t));
    const entries = lines.map((line) => ({ line, frame: readFrame(line.object) }));
    const read = entries.flatMap(({ line, frame }) => (frame === undefined ? [] : [{ ...frame, number: line.number }]));
    const decoded = new Map(decodeFrames(read).map((draft) => [draft.seq, draft]));
    const drafts = entries.map(({ line, frame }): NumberedDraft => {
      const draft = decoded.get(line.number);
      if (frame === undefined || draft === undefined)
        return { ...lineProblem(line, 'is no captured frame'), seq: line.number };
      return { ...draft, t: frame.t - start.epoch };
    });
    return { header: { startedAt: start.startedAt }, drafts };
  },
  example: EXAMPLE,
};
