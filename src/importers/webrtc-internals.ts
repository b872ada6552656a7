/** Dumps of chrome://webrtc-internals, of today and of old: per peer connection an `updateLog` of calls and events. */
import { RenegoError } from '../core/errors.ts';
import { isObject } from '../session/lines.ts';
import { type Importer, type Put, type Reading, startOf } from './importer.ts';
import { createJsonReader } from './json-stream.ts';
import { draftsOfTrace, type TraceEntry } from './trace.ts';
import { amongTheirs, mediaEntries } from './webrtc-internals/media.ts';

const EXAMPLE = JSON.stringify({
  getUserMedia: [],
  PeerConnections: {
    '9-1': {
      url: 'https://example.org/call',
      updateLog: [
        { type: 'createOffer', value: '', timestamp: 1795247119461 },
        { type: 'setLocalDescription', value: '{"type":"offer","sdp":"v=0\\r\\n"}', timestamp: 1795247119463 },
        { type: 'setLocalDescriptionOnSuccess', value: '', timestamp: 1795247119465 },
        { type: 'onsignalingstatechange', value: '"have-local-offer"', timestamp: 1795247119465 },
      ],
    },
  },
  UserAgent: 'Mozilla/5.0',
});

export const webrtcInternals: Importer = {
  name: 'webrtc-internals',
  title: 'webrtc-internals dump',
  sniff(head) {
    if (!/^\ufeff?\s*\{/.test(head)) return 0;
    if (/"PeerConnections"\s*:\s*\{/.test(head)) return 0.97;
    return /"getUserMedia"\s*:\s*\[/.test(head) && /"request_type"\s*:|"origin"\s*:/.test(head) ? 0.8 : 0;
  },
  open: openInternals,
  example: EXAMPLE,
};

/** The statistics, by far the most of a dump, are passed over. */
function openInternals(put: Put): Reading {
  const logs = new Map<string, { url?: string; t: number; readonly entries: TraceEntry[] }>();
  let media: unknown;
  let header: { startedAt?: string; url?: string } = {};

  const logOf = (pc: string) => {
    const log = logs.get(pc) ?? { t: 0, entries: [] };
    logs.set(pc, log);
    return log;
  };
  const reader = createJsonReader({
    want([list, pc, member, entry]) {
      if (list === undefined) return 'enter';
      if (list === 'getUserMedia') return 'take';
      if (list !== 'PeerConnections') return 'skip';
      if (pc === undefined || member === undefined) return 'enter';
      if (member === 'updateLog') return entry === undefined ? 'enter' : 'take';
      return member === 'url' ? 'take' : 'skip';
    },
    take([list, pc, member], value) {
      if (list === 'getUserMedia') media = value;
      else if (member === 'url') {
        if (typeof value === 'string') logOf(String(pc)).url = value;
      } else addUpdate(logOf(String(pc)), String(pc), value);
    },
  });
  return {
    write: reader.write,
    end() {
      const problem = reader.end();
      const logged = [...logs.values()].flatMap((log) => log.entries);
      const entries = amongTheirs(logged, logged.length === 0 ? [] : mediaEntries(media, [...logs.keys()]));
      const start = startOf([earliest(entries)]);
      const drafts = draftsOfTrace(entries, 'webrtc-internals', start.epoch);
      if (drafts.length === 0 && problem === undefined) throw nothingIn();
      const [first] = logs.values();
      header = { startedAt: start.startedAt, ...(first?.url !== undefined && { url: first.url }) };
      for (const draft of drafts) put(draft);
      if (problem !== undefined) put(problem);
    },
    header: () => header,
  };
}

/** Times of one peer connection never run backwards. */
function addUpdate(log: { t: number; readonly entries: TraceEntry[] }, pc: string, update: unknown): void {
  if (!isObject(update) || typeof update.type !== 'string') return;
  const stated = timeOf(update.timestamp ?? update.time);
  if (stated !== undefined && stated > log.t) log.t = stated;
  log.entries.push({ pc, t: log.t, name: update.type, value: update.value });
}

function nothingIn(): RenegoError {
  const message = 'The webrtc-internals dump holds no peer connection with an updateLog.';
  const hint = 'Save the dump while the page with the call is still open.';
  return new RenegoError('input', 'INPUT_UNREADABLE', message, hint);
}

/** The smallest time; the first entry's is that of one peer connection only. */
function earliest(entries: readonly TraceEntry[]): number {
  return entries.reduce((least, { t }) => (t < least ? t : least), Number.POSITIVE_INFINITY);
}

/** Milliseconds since 1970; of old dumps the date as the browser's language writes it, at worst the time of day. */
function timeOf(time: unknown): number | undefined {
  if (typeof time === 'number') return Number.isFinite(time) ? time : undefined;
  if (typeof time !== 'string') return undefined;
  const parsed = Date.parse(time);
  if (Number.isFinite(parsed)) return parsed;
  const [, hours, minutes, seconds, half] = /(\d{1,2})[:.](\d\d)[:.](\d\d)\s*([ap])?\.?m?/i.exec(time) ?? [];
  if (hours === undefined) return undefined;
  const hour = half === undefined ? Number(hours) : (Number(hours) % 12) + (half.toLowerCase() === 'p' ? 12 : 0);
  return ((hour * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000;
}
