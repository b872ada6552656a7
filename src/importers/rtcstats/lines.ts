/** The lines of an rtcstats dump, `[method, peer connection, value, …, time]`, of all versions of the format, as one shape. */
import { createLineReader, type JsonLine } from '../../session/lines.ts';
import { createJsonReader, type JsonReading } from '../json-stream.ts';

export interface RtcstatsLine {
  readonly line: JsonLine;
  /** Undefined if the line cannot be read. */
  readonly entry:
    | { readonly method: string; readonly pc: string | undefined; readonly value: unknown; readonly t: number }
    | undefined;
}

/** Version 3 writes frequent methods as numbers, which never change their meaning. */
const METHODS: ReadonlyMap<unknown, string> = new Map([
  [2, 'createOffer'],
  [3, 'createOfferOnSuccess'],
  [4, 'createAnswer'],
  [5, 'createAnswerOnSuccess'],
  [6, 'setLocalDescription'],
  [7, 'setLocalDescriptionOnSuccess'],
  [8, 'setRemoteDescription'],
  [9, 'setRemoteDescriptionOnSuccess'],
  [10, 'addIceCandidate'],
  [11, 'addIceCandidateOnSuccess'],
  [12, 'createOfferOnFailure'],
  [13, 'createAnswerOnFailure'],
  [14, 'setLocalDescriptionOnFailure'],
  [15, 'setRemoteDescriptionOnFailure'],
  [16, 'addIceCandidateOnFailure'],
  [20, 'onicecandidate'],
  [21, 'onicecandidateerror'],
  [22, 'ontrack'],
  [23, 'onsignalingstatechange'],
  [24, 'oniceconnectionstatechange'],
  [25, 'onconnectionstatechange'],
  [26, 'onicegatheringstatechange'],
  [27, 'onnegotiationneeded'],
  [28, 'ondatachannel'],
  [30, 'addTrack'],
  [32, 'addTransceiver'],
  [34, 'removeTrack'],
  [35, 'createDataChannel'],
  [36, 'close'],
  [37, 'restartIce'],
  [38, 'setConfiguration'],
  [39, 'create'],
]);

/** From here on a number counts milliseconds from 1970, not from the line before. */
const EPOCH = 1e11;

/** What stands at the beginning of a dump: the magic word of version 2 and later, or a line of an older one. */
export function startsAsRtcstats(head: string): boolean {
  if (/^\ufeff?RTCStatsDump\r?\n/.test(head)) return true;
  return head.split('\n', 20).some((line) => FIRST.test(line));
}

const FIRST =
  /^\ufeff?\s*\[\s*(?:\[\s*)?"(?:create|constraints|connectionInfo|identity|navigator\.mediaDevices\.\w+|getUserMedia\w*|create(?:Offer|Answer|DataChannel)|set(?:Local|Remote)Description|on(?:icecandidate|negotiationneeded|signalingstatechange)|add(?:Stream|Track|Transceiver)|get[sS]tats)"\s*,\s*(?:null|"[^"]{1,80}")\s*,/;

/** All lines but blank ones, the magic word and the header, as they come. Some tools write one array around all. */
export function createRtcstatsReader(put: (line: RtcstatsLine) => void): JsonReading {
  let last = 0;
  let begun = '';
  let reading: JsonReading | undefined;

  function tell(line: JsonLine, item: unknown): void {
    const entry = readItem(item, last);
    if (entry !== undefined) last = entry.t;
    put({ line, entry });
  }

  function open(): JsonReading {
    if (/^\ufeff?\s*\[\s*\[/.test(begun)) return itemsOf(tell);
    const lines = createLineReader((line) => {
      if (line.text.startsWith('RTCStatsDump') || (line.number <= 2 && line.text.startsWith('{'))) return;
      tell(line, parse(line.text));
    });
    return {
      write: lines.write,
      end() {
        lines.end();
        return undefined;
      },
    };
  }

  return {
    write(text) {
      if (reading !== undefined) return reading.write(text);
      begun += text;
      // Two brackets tell, or anything that is none.
      if (!/\[\s*\S|[^\s[\ufeff]/.test(begun)) return;
      reading = open();
      reading.write(begun);
      begun = '';
    },
    end() {
      reading ??= open();
      return reading.end();
    },
  };
}

/** The elements of the one array. */
function itemsOf(tell: (line: JsonLine, item: unknown) => void): JsonReading {
  return createJsonReader({
    want: ({ length }) => (length === 0 ? 'enter' : 'take'),
    take: ([index], item) => tell({ number: Number(index) + 1, text: '', object: undefined, last: false }, item),
  });
}

/** The time is the first number since 1970 behind the value (a serial number may follow); else the last one, counted from before. */
function readItem(item: unknown, last: number): RtcstatsLine['entry'] {
  if (!Array.isArray(item) || item.length < 3) return undefined;
  const [method, pc, value, ...rest] = item as readonly unknown[];
  if (typeof method !== 'string' && typeof method !== 'number') return undefined;
  const numbers = rest.filter((one) => typeof one === 'number' && Number.isFinite(one)) as number[];
  const since = numbers.find((one) => one > EPOCH);
  const t = since ?? last + Math.max(0, numbers.at(-1) ?? 0);
  const name = typeof pc === 'string' || typeof pc === 'number' ? String(pc) : undefined;
  return { method: METHODS.get(method) ?? String(method), pc: name, value, t };
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
