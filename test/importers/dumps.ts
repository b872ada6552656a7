/** The dump of two peer connections in one page that the tests use, as Chrome writes it and as older tools have. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

interface Update {
  readonly type: string;
  readonly value: string;
  readonly timestamp: number;
}

interface Dump {
  readonly PeerConnections: Readonly<Record<string, { readonly url: string; readonly updateLog: readonly Update[] }>>;
}

export const dumpFixture = (name: string): Buffer => readFileSync(join(import.meta.dirname, '../fixtures/dumps', name));

/** An ICE restart, a refused answer, a candidate that fails, and glare. */
export const INTERNALS = gunzipSync(dumpFixture('webrtc-internals.json.gz')).toString();

const DUMP = JSON.parse(INTERNALS) as Dump;

function readValue({ value }: Update): unknown {
  return /^[{"]/.test(value) ? JSON.parse(value) : value;
}

/** Up to Chrome 110 or so: dates in words, texts instead of JSON. `time` writes the date. */
export function oldInternals(time: (t: number) => string | undefined): string {
  const text = (update: Update): string => {
    const value = readValue(update) as string | { type?: string; sdp?: string; candidate?: string };
    if (typeof value === 'string') return value;
    if (value.sdp !== undefined) return `type: ${value.type}, sdp: ${value.sdp}`;
    if (value.candidate === undefined) return update.value;
    return Object.entries(value)
      .sort(([a], [b]) => b.localeCompare(a))
      .map(([name, one]) => `${name}: ${one}`)
      .join(', ');
  };
  const connections = Object.entries(DUMP.PeerConnections).map(([id, { url, updateLog }]) => [
    id,
    {
      ...{ url, rtcConfiguration: '{ iceServers: [] }', constraints: '' },
      updateLog: updateLog.map((one) => ({
        ...{ time: time(one.timestamp), type: one.type.replace(/^on/, ''), value: text(one) },
      })),
    },
  ]);
  return JSON.stringify(
    { PeerConnections: Object.fromEntries(connections), UserAgent: 'old', getUserMedia: [] },
    null,
    2,
  );
}

/** rtcstats of the first version: a line an event, with its date. */
export function oldRtcstats(): string {
  const entries = Object.entries(DUMP.PeerConnections).flatMap(([id, { updateLog }]) =>
    updateLog.map((one): [string, string, unknown, number] => {
      const name = one.type.replace('addIceCandidateFailed', 'addIceCandidateOnFailure');
      return [name, `PC_${id.at(-1)}`, readValue(one) === '' ? null : readValue(one), Math.round(one.timestamp)];
    }),
  );
  const start = Math.min(...entries.map(([, , , t]) => t));
  const identity = ['identity', null, { confID: 'example.org/room' }, start];
  return [identity, ...entries.sort((a, b) => a[3] - b[3])].map((entry) => `${JSON.stringify(entry)}\n`).join('');
}
