import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { SignalEvent } from '../../src/core/event.ts';
import { emptyModel, reduce } from '../../src/core/reduce.ts';
import { readSession } from '../../src/importers/index.ts';
import { check } from '../../src/rules/index.ts';

const fixture = (name: string) => readFileSync(join(import.meta.dirname, '../fixtures/dumps', name), 'utf8');
const way = (event: SignalEvent) =>
  `${event.from}>${event.to} ${event.kind === 'message' ? event.signals.map((one) => ('label' in one ? one.label : 'method' in one ? `${one.type} ${one.method}` : one.type)).join() : event.kind}`;
const rounds = (events: readonly SignalEvent[]) =>
  [...events.reduce(reduce, emptyModel()).sessions.values()].map(({ pc, rounds: all }) => [
    pc,
    ...all.map(({ cause, state, offerer }) => `${offerer} ${cause} ${state}`),
  ]);

describe('WebSocket messages saved by Chrome', () => {
  const { events, header } = readSession(fixture('devtools.har'));

  it('are a conversation of the client with the server, on one link', () => {
    expect(rounds(events)).toEqual([
      [
        'client+server',
        'client first rolled-back',
        'server glare complete',
        'server renegotiation complete',
        'server ice-restart complete',
      ],
    ]);
    expect(new Set(events.map(({ link }) => link))).toEqual(new Set(['ws1']));
  });

  it('begin with the opening of the socket', () => {
    expect(events[0]).toMatchObject({
      kind: 'link',
      change: 'open',
      url: 'ws://localhost:45197/signal?room=demo',
      t: 0,
    });
    expect(header).toMatchObject({ startedAt: '2026-11-21T07:47:26.064Z', parties: ['client', 'server'] });
  });

  it('keep binary frames', () => {
    expect(events[2]).toMatchObject({ kind: 'message', encoding: 'base64', raw: 'AQIDBA==' });
  });

  it('an end of candidates that both sides send is no echo', () => {
    const ends = events.map(way).filter((text) => text.includes('end-of-candidates') || text.includes('delivery'));
    expect(ends.slice(0, 2)).toEqual(['client>server end-of-candidates', 'server>client end-of-candidates']);
  });
});

describe('WHIP', () => {
  const { events } = readSession(fixture('whip.har'));

  it('each POST with an offer is a session, which PATCH and DELETE act on', () => {
    expect(rounds(events)).toEqual([
      ['client+server', 'client first complete'],
      ['whip-2', 'client first complete'],
    ]);
    const [first, second] = [...events.reduce(reduce, emptyModel()).sessions.values()];
    expect([first?.candidates.length, second?.candidates.length, first?.closedBy, second?.closedBy]).toEqual([
      3, 7, 9, 19,
    ]);
  });

  it('has requests and responses with what tells about them, and no credentials', () => {
    expect(events[1]).toMatchObject({
      ...{ from: 'server', to: 'client', protocol: 'whip', link: 'http' },
      signals: [{ type: 'response', method: 'POST', status: 201, ok: true }, { type: 'answer' }],
    });
    expect(events[1]).toHaveProperty('signals.0.headers.location');
    expect(JSON.stringify(events.map((event) => (event.kind === 'message' ? event.signals : '')))).not.toContain(
      'secret',
    );
  });

  it('is what the rule about its shape looks at', () => {
    expect(
      check(events)
        .filter(({ severity }) => severity !== 'info')
        .map(({ rule, event }) => [rule, event]),
    ).toEqual([['whip-whep-shape', 3]]);
  });
});

const SDP = (type: string, id: number) =>
  `v=0\r\no=- ${id} 1 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 0\r\na=setup:${type}\r\na=mid:0\r\n`;

interface Exchange {
  readonly method?: string;
  readonly url?: string;
  readonly sent?: unknown;
  readonly got?: unknown;
  readonly status?: number;
  readonly type?: string;
  readonly location?: string;
}

const harOf = (...exchanges: readonly Exchange[]) =>
  JSON.stringify({
    log: {
      entries: exchanges.map(({ method = 'POST', url = '/offer', sent, got, status = 200, type, location }, i) => ({
        startedDateTime: new Date(1_795_247_554_000 + i * 1000).toISOString(),
        time: 20,
        request: {
          method,
          url: `https://example.org${url}`,
          headers: [],
          postData: {
            mimeType: type ?? 'application/json',
            text: typeof sent === 'string' ? sent : JSON.stringify(sent),
          },
        },
        response: {
          status,
          headers: location === undefined ? [] : [{ name: 'Location', value: location }],
          content: { mimeType: type ?? 'application/json', text: typeof got === 'string' ? got : JSON.stringify(got) },
        },
      })),
    },
  });
const readHar = (...exchanges: readonly Exchange[]) => readSession(harOf(...exchanges)).events;
const described = (event: SignalEvent) =>
  event.kind === 'message' ? [event.protocol, ...event.signals.map(({ type }) => type)] : [];

describe('descriptions over HTTP', () => {
  it('in JSON: the answer is in the response', () => {
    const events = readHar({
      sent: { type: 'offer', sdp: SDP('actpass', 1) },
      got: { sdp: SDP('active', 2), type: 'answer' },
    });
    expect(events.map(described)).toEqual([
      ['http-sdp', 'request', 'offer'],
      ['http-sdp', 'response', 'answer'],
    ]);
    expect(events.map(({ t }) => t)).toEqual([0, 20]);
  });

  it('a request about a peer connection already known goes to it', () => {
    const offer = { type: 'offer', sdp: SDP('actpass', 1) };
    const answer = { type: 'answer', sdp: SDP('active', 2) };
    const events = readHar(
      { sent: offer, got: answer },
      { sent: { ...offer, sdp: SDP('actpass', 7) }, got: answer },
      { sent: offer, got: answer },
    );
    const pcs = events.flatMap((event) =>
      event.kind === 'message' ? event.signals.map((one) => 'pc' in one && one.pc) : [],
    );
    expect([...new Set(pcs.slice(0, 4)), ...new Set(pcs.slice(4, 8)), ...new Set(pcs.slice(8))]).toEqual([
      'client+server',
      'http-sdp-2',
      'client+server',
    ]);
  });

  it('a server that counters a WHEP offer offers itself (406)', () => {
    const type = 'application/sdp';
    const events = readHar({
      url: '/live/whep',
      type,
      sent: SDP('actpass', 1),
      got: SDP('actpass', 2),
      status: 406,
      location: '/s/1',
    });
    expect(events.map(described)).toEqual([
      ['whep', 'request', 'offer'],
      ['whep', 'response', 'offer'],
    ]);
  });

  it('bare SDP that is answered with an address is WHIP, or WHEP if it only receives', () => {
    const type = 'application/sdp';
    const exchange = { type, got: SDP('active', 2), status: 201, location: '/s/1' };
    const protocols = [SDP('actpass', 1), `${SDP('actpass', 1)}a=recvonly\r\n`].map(
      (sent) => described(readHar({ ...exchange, sent })[0] as SignalEvent)[0],
    );
    expect(protocols).toEqual(['whip', 'whep']);
  });

  it('goodbyes are in bodies and in addresses, near where signaling went', () => {
    const type = 'application/json';
    const offer = { url: '/calls/7/offer', type, sent: { type: 'offer', sdp: SDP('actpass', 1) }, got: {} };
    const said = (url: string, sent: object) =>
      readHar(offer, { url, type, sent, got: {} }).flatMap((event) => described(event).slice(2));
    expect(said('/calls/7/offer', { type: 'bye' })).toEqual(['offer', 'bye']);
    expect(said('/any/m.call.hangup/t1', { call_id: 'k' })).toEqual(['offer', 'bye']);
    expect(said('/calls/7/leave', {})).toEqual(['offer', 'bye']);
    expect(said('/window/close', {})).toEqual(['offer']);
  });

  it('who asks for all there is gets his own messages back, and what he got before', () => {
    const own = { type: 'offer', sdp: SDP('actpass', 1) };
    const all = { url: '/room', method: 'GET', got: [own, { type: 'answer', sdp: SDP('active', 2) }] };
    const events = readHar({ url: '/room', sent: own, got: {} }, all, all);
    expect(events.flatMap((event) => described(event).slice(2))).toEqual(['offer', 'answer']);
  });

  it('a message can travel in the address', () => {
    const url = `/publish/p/s/0/call/0/${encodeURIComponent(JSON.stringify({ type: 'offer', sdp: SDP('actpass', 1) }))}`;
    expect(readHar({ url, method: 'GET', got: [1, 'Sent'] }).map(described)[0]).toEqual([
      'http-sdp',
      'request',
      'offer',
    ]);
  });

  it('what is no signaling is left out', () => {
    const offer = { sent: { type: 'offer', sdp: SDP('actpass', 1) }, got: {} };
    const events = readHar(
      offer,
      { url: '/jobs', sent: { candidate: 'Jane Doe', type: 'close' } },
      { url: '/stats', sent: ['setLocalDescription', 'PC_0', { type: 'offer', sdp: SDP('actpass', 1) }] },
      { url: '/page', type: 'text/html', got: SDP('actpass', 1) },
    );
    expect(events.map(described)).toEqual([
      ['http-sdp', 'request', 'offer'],
      ['http-sdp', 'response'],
    ]);
  });
});

describe('what cannot be read', () => {
  it('a HAR without signaling says what was looked for', () => {
    expect(() => readSession('{"log":{"entries":[]}}')).toThrow(
      'The HAR holds neither WebSocket messages nor SDP over HTTP.',
    );
  });

  it('a cut HAR is read up to there', () => {
    const text = fixture('devtools.har');
    const { events } = readSession(text.slice(0, text.length * 0.6));
    expect(events.length).toBeGreaterThan(5);
    expect(events.at(-1)).toMatchObject({ kind: 'problem', code: 'INPUT_CUT' });
  });
});
