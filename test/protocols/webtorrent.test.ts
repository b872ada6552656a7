import { describe, expect, it, test } from 'vitest';
import type { Client } from '../../src/protocols/protocol.ts';
import { infoHashOf } from '../../src/protocols/webtorrent/wire.ts';
import { webtorrent } from '../../src/protocols/webtorrent.ts';
import { count, decodeCapture, incoming, outgoing, sent } from './captured.ts';

const ROOM = '7e497c077a4ca51957b6be26fc02df5edc168afc';
const HASH = infoHashOf(ROOM) ?? '';
const ANN = '-WW0208-LXNnMOYDtMHH';
const OFFER_ID = `jrTZ${'\u0001'.repeat(16)}`;
const PC = '6a72545a010101010101';
const offer = { type: 'offer', sdp: 'v=0\r\n' } as const;
const answer = { type: 'answer', sdp: 'v=0\r\n' } as const;
const announced = (more: object) => incoming({ action: 'announce', info_hash: HASH, ...more });
const client = (room: string | undefined = ROOM): Client =>
  webtorrent.client({ as: 'me', now: 0, ...(room && { room }) });

describe('the decoder', () => {
  it('reads a captured swarm of three: five offers in a frame, each for a connection of its own, few of them answered', () => {
    const heard = decodeCapture('webtorrent', webtorrent);
    expect(count(heard)).toEqual({ request: 2, response: 5, offer: 18, answer: 6 });
    const pcs = (type: string) =>
      heard.flatMap(({ signals }) => signals.flatMap((one) => (one.type === type && 'pc' in one ? [one.pc] : [])));
    expect(new Set(pcs('offer')).size).toBe(15);
    expect(new Set(pcs('answer')).size).toBe(3);
    expect([...pcs('answer')].every((pc) => /^[0-9a-f]{20}$/.test(pc) && pcs('offer').includes(pc))).toBe(true);
  });

  it('folds the echo of its own offer, and bounds what a frame may hold', () => {
    const decoder = webtorrent.decoder({ client: 'me', server: 'tracker' });
    const offers = Array.from({ length: 500 }, (_, i) => ({ offer_id: `o${i}`, offer }));
    const out = outgoing({ action: 'announce', info_hash: HASH, peer_id: 'me', offers });
    expect(decoder.decode(out).signals).toHaveLength(100);
    expect(decoder.decode(announced({ peer_id: 'me', offer, offer_id: 'o1' })).signals).toMatchObject([
      { type: 'other' },
    ]);
  });
});

test.each([
  [ROOM, 20],
  [`magnet:?xt=urn:btih:${ROOM.toUpperCase()}&dn=x`, 20],
  ['my-room', undefined],
  [`${ROOM}00`, undefined],
])('the info hash in %s', (room, length) => {
  expect(infoHashOf(room)?.length).toBe(length);
});

describe('the client', () => {
  it('announces itself, is in with the answer, and comes again when the tracker wants it', () => {
    const us = client();
    const [first] = sent(us.opened()) as Record<string, string>[];
    expect(first).toMatchObject({ action: 'announce', event: 'started', info_hash: HASH, offers: [] });
    expect(first?.peer_id).toHaveLength(20);
    expect(us.received(announced({ interval: 6, complete: 0, incomplete: 1 }))).toEqual([
      { do: 'joined', as: 'me' },
      { do: 'wake', id: 'announce', after: 6_000 },
    ]);
    expect(us.received(announced({ interval: 0, complete: 1, incomplete: 1 }))).toEqual([
      { do: 'wake', id: 'announce', after: 1_000 },
      { do: 'presence', who: 'swarm', change: 'join' },
    ]);
    expect(sent(us.woken?.('announce'))).toMatchObject([{ action: 'announce', offers: [] }]);
    expect(sent(us.leave?.())).toMatchObject([{ event: 'stopped' }]);
  });

  it('is refused without an info hash, or by the tracker', () => {
    expect(webtorrent.client({ as: 'me', now: 0 }).opened()).toMatchObject([{ do: 'refused' }]);
    expect(client().received(incoming({ 'failure reason': 'no' }))).toEqual([{ do: 'refused', why: 'no' }]);
    const us = client();
    us.received(announced({ complete: 0, incomplete: 1 }));
    expect(us.received(announced({ 'failure reason': 'no' }))).toMatchObject([{ code: 'TRACKER_REFUSED' }]);
    expect(us.received(announced({ 'warning message': 'slow' }))).toMatchObject([{ code: 'TRACKER_WARNS' }]);
  });

  it('answers the one who offered, by the ids on the wire, and no further offers of the same peer', () => {
    const us = client();
    expect(us.received(announced({ offer, offer_id: OFFER_ID, peer_id: ANN }))).toEqual([
      { do: 'signal', from: ANN, signal: { ...offer, pc: PC } },
    ]);
    expect(us.received(announced({ offer, offer_id: 'another', peer_id: ANN }))).toEqual([]);
    expect(sent(us.encode({ ...answer, pc: PC }, ANN))).toMatchObject([
      { to_peer_id: ANN, offer_id: OFFER_ID, answer, info_hash: HASH },
    ]);
    us.ended?.(ANN, PC);
    expect(us.received(announced({ offer, offer_id: 'another', peer_id: ANN }))).toMatchObject([{ from: ANN }]);
  });

  it('offers to whom the tracker picks, and takes one answer', () => {
    const us = client();
    const pc = us.newPc?.('swarm') ?? '';
    expect(sent(us.encode({ ...offer, pc }, 'swarm'))).toMatchObject([
      { numwant: 1, offers: [{ offer, offer_id: pc }] },
    ]);
    const answered = announced({ answer, offer_id: pc, peer_id: ANN });
    expect(us.received(announced({ answer, offer_id: 'foreign', peer_id: ANN }))).toEqual([]);
    expect(us.received(answered)).toEqual([{ do: 'signal', from: 'swarm', signal: { ...answer, pc } }]);
    expect(us.received(answered)).toEqual([]);
  });

  it('has no way to trickle, restart or say goodbye', () => {
    expect(webtorrent.capabilities).toMatchObject({
      trickle: false,
      bye: false,
      restart: { why: expect.any(String) },
    });
    const candidate = { type: 'candidate', pc: PC, candidate: 'candidate:1' } as const;
    expect(client().encode(candidate, ANN)).toBeUndefined();
  });

  it('hears nothing of other swarms, nor of itself', () => {
    const us = client();
    const [first] = sent(us.opened()) as Record<string, string>[];
    expect(us.received(announced({ offer, offer_id: OFFER_ID, peer_id: first?.peer_id }))).toEqual([]);
    expect(us.received(announced({ info_hash: 'x', offer, offer_id: OFFER_ID, peer_id: ANN }))).toEqual([]);
  });
});

it('is recognised by announcements', () => {
  expect(webtorrent.detect({ frame: announced({ complete: 1 }) })).toBeGreaterThan(0.9);
  expect(webtorrent.detect({ frame: incoming({ action: 'announce' }) })).toBe(0);
  expect(webtorrent.detect({ frame: incoming({ x: 1 }) })).toBe(0);
  expect(webtorrent.detect({})).toBe(0);
});
