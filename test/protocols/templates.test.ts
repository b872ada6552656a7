import { describe, expect, it } from 'vitest';
import type { ClientOutput, Frame, Protocol, Signal } from '../../src/protocols/protocol.ts';
import { templates } from '../../src/protocols/templates/index.ts';

/** Frames of what the client wants sent, over whichever carrier. */
function framesOf(outputs: readonly ClientOutput[] | undefined): Frame[] {
  return (outputs ?? []).flatMap((output): Frame[] => {
    if (output.do === 'send') return [{ data: output.raw, encoding: output.encoding ?? 'text', direction: 'out' }];
    if (output.do !== 'request') return [];
    const { method, url, headers = {}, body = '' } = output;
    return [{ data: body, encoding: 'text', direction: 'out', http: { method, url, headers } }];
  });
}

/** What an example's other side is called. */
function otherOf(protocol: Protocol): string {
  const decoder = protocol.decoder({ client: 'client', server: 'server' });
  const others = protocol.examples
    .map(({ frame }) => decoder.decode(frame))
    .flatMap(({ from, to }) => [from, to])
    .filter((party) => party !== undefined && party !== 'client');
  return protocol.anonymous ?? others[0] ?? 'peer';
}

describe.each(templates.map((protocol) => [protocol.name, protocol] as const))('template %s', (_, protocol) => {
  const other = otherOf(protocol);
  const pc = [other, 'client'].sort().join('+');
  const candidate = 'candidate:1 1 udp 1 192.0.2.1 9 typ host';
  const signals: readonly Signal[] = [
    { type: 'offer', pc, sdp: 'v=0\r\n' },
    { type: 'answer', pc, sdp: 'v=0\r\n' },
    { type: 'candidate', pc, candidate, mid: '0', mLine: 0, ufrag: 'x' },
    { type: 'end-of-candidates', pc, mid: '0', ufrag: 'x' },
    { type: 'bye', pc },
  ];

  it('reads back what it writes after the conversation of its examples, and loses nothing that matters', () => {
    const client = protocol.client({ as: 'client', now: 0, to: other });
    const decoder = protocol.decoder({ client: 'client', server: 'server' });
    const { offers = 'both', bye, endOfCandidates, trickle } = protocol.capabilities;
    const unsaid = new Set<Signal['type']>([
      ...(offers === 'us' ? (['answer'] as const) : offers === 'them' ? (['offer'] as const) : []),
      ...(bye ? [] : (['bye'] as const)),
      ...(endOfCandidates ? [] : (['end-of-candidates'] as const)),
      ...(trickle ? [] : (['candidate'] as const)),
    ]);
    client.opened();
    for (const { frame } of protocol.examples) {
      if (frame.direction === 'in') client.received(frame);
      decoder.decode(frame);
    }
    for (const signal of signals.filter(({ type }) => !unsaid.has(type))) {
      const read = framesOf(client.encode(signal, other)).map((frame) => decoder.decode(frame));
      expect(read.map(({ from, to }) => ({ from, to }))).toEqual([{ from: 'client', to: other }]);
      // A system that has no place for mid or ufrag says less, but nothing else.
      const [back] = read.flatMap((one) => one.signals);
      expect(signal).toMatchObject(back ?? { type: 'nothing' });
      if (signal.type === 'candidate') expect(back).toMatchObject({ candidate });
      if ('sdp' in signal) expect(back).toMatchObject({ sdp: signal.sdp });
    }
  });

  it('has a name that can be typed, a title, and a restart that says what it is', () => {
    expect(protocol.name).toMatch(/^[a-z0-9.-]+$/);
    expect(protocol.title.length).toBeGreaterThan(2);
    const { restart } = protocol.capabilities;
    expect(typeof restart === 'string' || restart.why.length > 10).toBe(true);
  });
});
