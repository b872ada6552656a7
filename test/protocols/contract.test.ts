import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { protocols } from '../../src/protocols/index.ts';
import type { Decoded, Frame } from '../../src/protocols/protocol.ts';
import { templates } from '../../src/protocols/templates/index.ts';

/** Nothing can be said there before the server has let us in: tests of their own show that what is written is read. */
const LET_IN_FIRST: ReadonlySet<string> = new Set([
  'janus',
  'livekit',
  'sip',
  'gst-simple-server',
  'apprtc',
  'whip',
  'whep',
  'http-sdp',
  'manual',
  'ion-sfu',
  ...templates.map(({ name }) => name),
]);

const CANDIDATE = {
  type: 'candidate',
  candidate: 'candidate:1 1 udp 1 192.0.2.1 9 typ host',
  mid: '0',
  mLine: 0,
  ufrag: 'x',
} as const;

/** What every protocol in the list must do. A protocol's own examples are its tests. */
describe.each(protocols.map((protocol) => [protocol.name, protocol] as const))('protocol %s', (_name, protocol) => {
  beforeAll(() => protocol.load?.());

  it('reads its examples, in order, as they say', () => {
    const decoder = protocol.decoder({ client: 'client', server: 'server' });
    for (const { frame, signals } of protocol.examples) {
      const decoded = decoder.decode(frame);
      expect(decoded.signals).toHaveLength(signals.length);
      signals.forEach((signal, index) => {
        expect(decoded.signals[index]).toMatchObject(signal);
      });
    }
    expect(protocol.examples.length).toBeGreaterThan(0);
  });

  // Where people carry the lines there is no server.
  it.skipIf(protocol.carrier === 'lines')('recognises its own first frame from a server', () => {
    const frame = protocol.examples.find((example) => example.frame.direction === 'in')?.frame;
    expect(frame && protocol.detect({ frame })).toBeGreaterThan(0.5);
  });

  it('never throws and never misses a frame, whatever arrives', () => {
    const data = fc.oneof(
      fc.string(),
      fc.json(),
      fc.record({ type: fc.anything(), name: fc.anything(), target: fc.anything() }).map((value) => {
        try {
          return JSON.stringify(value) ?? '';
        } catch {
          return '';
        }
      }),
      fc.constantFrom(...protocol.examples.map((example) => example.frame.data)).map((text) => text.slice(0, -2)),
    );
    const frame = fc.record<Frame>({
      data,
      encoding: fc.constantFrom('text', 'base64'),
      direction: fc.constantFrom('in', 'out'),
    });
    fc.assert(
      fc.property(fc.array(frame, { maxLength: 8 }), (frames) => {
        const decoder = protocol.decoder({ client: 'client', server: 'server' });
        const client = protocol.client({ as: 'client', now: 0 });
        client.opened();
        for (const one of frames) {
          const decoded: Decoded = decoder.decode(one);
          expect(decoded.signals.length).toBeGreaterThan(0);
          expect(Array.isArray(client.received({ ...one, direction: 'in' }))).toBe(true);
          const url = 'http://127.0.0.1/join/x';
          const http = { method: 'POST', url, headers: {}, ...(one.direction === 'in' && { status: 200 }) };
          expect(decoder.decode({ ...one, http }).signals.length).toBeGreaterThan(0);
          client.responded?.({ id: 'join', status: 200, headers: {}, body: one.data, url });
        }
      }),
      { numRuns: 300 },
    );
  });

  it.skipIf(LET_IN_FIRST.has(protocol.name))('reads back what it writes', () => {
    const client = protocol.client({ as: 'a', now: 0 });
    const other = protocol.anonymous ?? 'b';
    const pc = client.newPc?.(other) ?? `a+${other}`;
    const signals = [
      { type: 'offer', pc, sdp: 'v=0\r\n' },
      { type: 'answer', pc, sdp: 'v=0\r\n' },
      ...(protocol.capabilities.trickle ? [{ ...CANDIDATE, pc }] : []),
      ...(protocol.capabilities.endOfCandidates
        ? [{ type: 'end-of-candidates', pc, mid: '0', ufrag: 'x' } as const]
        : []),
      ...(protocol.capabilities.bye ? [{ type: 'bye', pc } as const] : []),
    ] as const;
    const decoder = protocol.decoder({ client: 'a', server: 'server' });
    for (const signal of signals) {
      const sent = (client.encode(signal, other) ?? []).filter((output) => output.do === 'send');
      const read = sent.flatMap(
        ({ raw: data }) => decoder.decode({ data, encoding: 'text', direction: 'out' }).signals,
      );
      expect(read).toEqual([signal]);
    }
  });
});
