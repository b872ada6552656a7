/** Captured WebSocket frames (NDJSON): `{"t","dir":"c2s|s2c","conn","opcode","data"}`, read without knowing the protocol. */
import { createLineReader, type JsonLine } from '../session/lines.ts';
import { readFrame } from './frame.ts';
import { AHEAD, createFrameDecoder } from './frames/lanes.ts';
import { type Importer, lineProblem, type Put, type Reading, startOf } from './importer.ts';

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
  open: openFrames,
  example: EXAMPLE,
};

/** A line as it was read, until it is told. */
type Waiting =
  | { readonly is: 'frame'; readonly t: number; readonly size: number }
  | { readonly is: 'fault'; readonly line: JsonLine };

function openFrames(put: Put): Reading {
  const decoder = createFrameDecoder();
  const queue: Waiting[] = [];
  let [told, characters] = [0, 0];
  let start: ReturnType<typeof startOf> | undefined;

  function tell(): void {
    const one = queue[told];
    if (one === undefined) return;
    told += 1;
    if (told > AHEAD.frames) {
      queue.splice(0, told);
      told = 0;
    }
    if (one.is === 'fault') {
      put({ ...lineProblem(one.line, 'is no captured frame'), seq: one.line.number });
      return;
    }
    characters -= one.size;
    const draft = decoder.next();
    if (draft !== undefined) put({ ...draft, t: one.t - (start?.epoch ?? 0) });
  }

  const reader = createLineReader((line) => {
    const frame = readFrame(line.object);
    const t = line.object?.t;
    if (typeof t === 'number' && Number.isFinite(t)) start ??= startOf([t]);
    if (frame === undefined) queue.push({ is: 'fault', line });
    else {
      decoder.add({ ...frame, number: line.number });
      queue.push({ is: 'frame', t: frame.t, size: frame.data.length });
      characters += frame.data.length;
    }
    while (queue.length - told > AHEAD.frames || characters > AHEAD.characters) tell();
  });
  return {
    write: reader.write,
    end() {
      reader.end();
      while (told < queue.length) tell();
    },
    header: () => ({ startedAt: (start ?? startOf([])).startedAt }),
  };
}
