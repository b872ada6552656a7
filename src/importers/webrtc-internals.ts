/** Dumps of chrome://webrtc-internals, of today and of old: per peer connection an `updateLog` of calls and events. */
import { RenegoError } from '../core/errors.ts';
import { isObject } from '../session/lines.ts';
import { readWholeOrCut } from './cut-json.ts';
import { type Importer, startOf } from './importer.ts';
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
  read(text) {
    const { value, problem } = readWholeOrCut(text, 'webrtc-internals dump');
    const connections = isObject(value) && isObject(value.PeerConnections) ? value.PeerConnections : {};
    const logged = Object.entries(connections).flatMap(([pc, record]) => entriesOf(pc, record));
    const media = mediaEntries(isObject(value) ? value.getUserMedia : undefined, Object.keys(connections));
    const entries = amongTheirs(logged, logged.length === 0 ? [] : media);
    const start = startOf([earliest(entries)]);
    const drafts = draftsOfTrace(entries, 'webrtc-internals', start.epoch);
    if (drafts.length === 0) throw nothingIn();
    const [first] = Object.values(connections);
    const url = isObject(first) && typeof first.url === 'string' ? { url: first.url } : {};
    const header = { startedAt: start.startedAt, ...url };
    return { header, drafts: problem === undefined ? drafts : [...drafts, problem] };
  },
  example: EXAMPLE,
};

function nothingIn(): RenegoError {
  const message = 'The webrtc-internals dump holds no peer connection with an updateLog.';
  const hint = 'Save the dump while the page with the call is still open.';
  return new RenegoError('input', 'INPUT_UNREADABLE', message, hint);
}

/** The smallest time; the first entry's is that of one peer connection only. */
function earliest(entries: readonly TraceEntry[]): number {
  return entries.reduce((least, { t }) => (t < least ? t : least), Number.POSITIVE_INFINITY);
}

function entriesOf(pc: string, record: unknown): TraceEntry[] {
  const log = isObject(record) && Array.isArray(record.updateLog) ? record.updateLog : [];
  let t = 0;
  return log.flatMap((update: unknown): TraceEntry[] => {
    if (!isObject(update) || typeof update.type !== 'string') return [];
    const stated = timeOf(update.timestamp ?? update.time);
    if (stated !== undefined && stated > t) t = stated;
    return [{ pc, t, name: update.type, value: update.value }];
  });
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
