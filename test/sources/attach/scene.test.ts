/** What goes on in a browser as events, from what the script in its pages reports; the page may lie. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Draft, SignalEvent } from '../../../src/core/event.ts';
import { label } from '../../../src/core/label.ts';
import { ladderRow } from '../../../src/core/ladder.ts';
import { createLog } from '../../../src/core/log.ts';
import { emptyModel, reduce } from '../../../src/core/reduce.ts';
import { anAnswer, anOffer } from '../../../src/rules/example.ts';
import { createScene } from '../../../src/sources/attach/scene.ts';

const HEADER = { format: 1, tool: 'test', startedAt: '', source: 'attach', parties: [], redacted: [] } as const;

function watch() {
  let t = 0;
  const log = createLog(HEADER, () => t);
  const model = emptyModel();
  log.subscribe((event) => void reduce(model, event));
  const scene = createScene({
    tell: (draft: Draft, at) => log.append(at === undefined ? draft : { ...draft, t: at }).seq,
    now: () => t,
  });
  const place = scene.place('tab', 'page');
  const realm = place.realm('1');
  const say = (...reports: object[]) => {
    for (const report of reports) scene.reported(place, realm, JSON.stringify(report));
  };
  /** A call and how it ended. */
  const call = (name: string, given: object, end: object = { ok: true }, pc = 1) => {
    t += 1;
    say({ k: 'call', pc, call: t, name, ...given }, { k: 'done', pc, call: t, name, ...end });
  };
  const told = () => log.events.map((event: SignalEvent) => `${event.from}>${event.to} ${label(model, event)}`);
  const ways = () => log.events.map((event) => ladderRow(model, event)).map(({ from, to }) => `${from}>${to}`);
  const wait = (ms: number) => {
    t += ms;
  };
  return { scene, place, realm, say, call, told, ways, wait, model, events: log.events };
}

const offer = { type: 'offer', sdp: anOffer() };
const answer = { type: 'answer', sdp: anAnswer() };
const CANDIDATE = 'candidate:1 1 udp 2122260223 192.0.2.10 50000 typ host generation 0 ufrag aUf1';

test('what is set locally goes to the far side, what is set remotely has come from there', () => {
  const { say, call, told, events } = watch();
  say({ k: 'new', pc: 1 });
  call('createOffer', {}, { ok: true, description: offer });
  call('setLocalDescription', { description: offer });
  say({ k: 'candidate', pc: 1, candidate: { candidate: CANDIDATE, sdpMid: '0', sdpMLineIndex: 0 } });
  say({ k: 'candidate', pc: 1, candidate: null });
  call('setRemoteDescription', { description: answer });
  call(
    'addIceCandidate',
    { candidate: { candidate: 'candidate:x' } },
    { ok: false, error: { name: 'E', message: 'm' } },
  );
  say({ k: 'made', pc: 1, name: 'close', ok: true });
  expect(told()).toEqual([
    'pc1>pc1 create',
    'pc1>pc1 createOffer',
    'pc1>remote offer #1 · audio',
    'pc1>pc1 applied local offer',
    'pc1>remote candidate mid 0 host udp 192.0.2.10:50000',
    'pc1>remote end of candidates',
    'remote>pc1 answer #1',
    'pc1>pc1 applied remote answer',
    'remote>pc1 candidate unreadable',
    'pc1>pc1 refused candidate: E: m',
    'pc1>pc1 close',
    'pc1>pc1 state connection closed',
    'pc1>pc1 state signaling closed',
  ]);
  expect(events[7]).toMatchObject({ kind: 'apply', of: 7 });
});

test('what a page reports has the time of its clock', () => {
  const { say, wait, events } = watch();
  say({ k: 'new', pc: 1, at: 1e12 });
  wait(300);
  say({ k: 'state', pc: 1, of: 'ice', value: 'checking', at: 1e12 + 10 });
  say({ k: 'state', pc: 1, of: 'ice', value: 'connected', at: 1e12 + 25 });
  say({ k: 'state', pc: 1, of: 'ice', value: 'completed', at: 'late' });
  expect(events.map(({ t }) => t)).toEqual([0, 10, 25, 300]);
});

test('a refused description is no message; an implicit one is what was made', () => {
  const { call, told } = watch();
  const refused = { ok: false, error: { name: 'InvalidStateError', message: 'no' } };
  call('setLocalDescription', { description: answer }, refused);
  call('setLocalDescription', {}, { ok: true, description: offer });
  call('setLocalDescription', { description: { type: 'rollback' } });
  expect(told()).toEqual([
    'pc1>pc1 setLocalDescription',
    'pc1>pc1 refused local answer: InvalidStateError: no',
    'pc1>remote offer #1 · audio · rolled back',
    'pc1>pc1 applied local offer',
    'pc1>pc1 applied local rollback',
  ]);
});

test('what was changed between making and setting goes with the description', () => {
  const { call, model } = watch();
  const munged = { ...offer, sdp: offer.sdp.replace('useinbandfec=1', 'useinbandfec=1;stereo=1') };
  call('createOffer', {}, { ok: true, description: offer });
  call('setLocalDescription', { description: munged });
  call('createOffer', {}, { ok: true, description: munged });
  call('setLocalDescription', { description: munged });
  const [first, second] = model.described.all;
  expect([first?.created, second?.created]).toEqual([offer.sdp, undefined]);
});

describe('two connections that are the ends of one call', () => {
  const state = (pc: number, value: string) => ({ k: 'state', pc, of: 'signaling', value });

  test('are one negotiation, each told once', () => {
    const { say, call, told, model } = watch();
    say({ k: 'new', pc: 1 }, { k: 'new', pc: 2 });
    call('setLocalDescription', { description: offer });
    say({ k: 'candidate', pc: 1, candidate: { candidate: CANDIDATE, sdpMid: '0', sdpMLineIndex: 0 } });
    call('setRemoteDescription', { description: offer }, { ok: true }, 2);
    call('addIceCandidate', { candidate: { candidate: CANDIDATE, sdpMid: '0' } }, { ok: true }, 2);
    call('addIceCandidate', { candidate: null }, { ok: true }, 2);
    // The answer is given to the one before the other has set it.
    say({ k: 'call', pc: 2, call: 90, name: 'setLocalDescription', description: answer });
    say({ k: 'call', pc: 1, call: 91, name: 'setRemoteDescription', description: answer });
    say({ k: 'done', pc: 2, call: 90, name: 'setLocalDescription', ok: true });
    say(state(1, 'stable'), { k: 'done', pc: 1, call: 91, name: 'setRemoteDescription', ok: true });
    expect(told()).toEqual([
      'pc1>pc1 create',
      'pc2>pc2 create',
      'pc1>remote offer #1 · audio',
      'pc1>pc1 applied local offer',
      'pc1>remote candidate mid 0 host udp 192.0.2.10:50000',
      'pc2>pc2 applied remote offer',
      'pc2>pc1 answer #1',
      'pc2>pc2 applied local answer',
      'pc1>pc1 state signaling stable',
      'pc1>pc1 applied remote answer',
    ]);
    expect([...model.sessions.values()].map(({ pc, sides }) => [pc, ...sides.keys()])).toEqual([['pc1', 'pc1', 'pc2']]);
  });

  test('whose first offers cross are in glare', () => {
    const { say, call, told, model } = watch();
    const theirs = {
      type: 'offer',
      sdp: offer.sdp.replaceAll('aUf1', 'bUf1').replace(/^o=.*$/m, 'o=- 7 2 IN IP4 127.0.0.1'),
    };
    call('setLocalDescription', { description: offer });
    call('setLocalDescription', { description: theirs }, { ok: true }, 2);
    say({ k: 'candidate', pc: 2, candidate: { candidate: CANDIDATE.replace('aUf1', 'bUf1'), sdpMid: '0' } });
    call('setRemoteDescription', { description: offer }, { ok: true }, 2);
    call('setLocalDescription', { description: answer }, { ok: true }, 2);
    call('setRemoteDescription', { description: answer });
    expect([...model.sessions.keys()]).toEqual(['pc1']);
    expect(model.sessions.get('pc1')?.rounds).toMatchObject([
      { offerer: 'pc1', answerer: 'pc2', state: 'complete', cause: 'first' },
      { offerer: 'pc2', answerer: 'pc1', state: 'rolled-back', cause: 'glare' },
    ]);
    expect(model.sessions.get('pc1')?.candidates).toMatchObject([{ from: 'pc2', to: 'pc1' }]);
    expect(told().filter((line) => /offer|answer/.test(line) && !/applied/.test(line))).toEqual([
      'pc1>remote offer #1 · audio · glare',
      expect.stringMatching(/^pc2>remote offer #2 · .*glare · rolled back/),
      'pc2>pc1 answer #1',
    ]);
  });

  test('are told of what was changed between them', () => {
    const { call, told } = watch();
    const munged = { ...offer, sdp: offer.sdp.replace('a=sendrecv', 'a=sendonly') };
    call('setLocalDescription', { description: offer });
    call('setRemoteDescription', { description: munged }, { ok: true }, 2);
    expect(told().slice(2)).toEqual([
      'pc2>pc2 mark: pc2: the page changed the offer of event 1 before setting it: −a=sendrecv, +a=sendonly',
      'pc2>pc2 applied remote offer',
    ]);
  });

  test('are two calls where a server is an end of both, though it keeps the line that names the session', () => {
    const { call, told, model } = watch();
    const relayed = { ...offer, sdp: offer.sdp.replace(/a=fingerprint:.*/g, 'a=fingerprint:sha-256 00:11:22') };
    call('setLocalDescription', { description: offer });
    call('setRemoteDescription', { description: relayed }, { ok: true }, 2);
    expect(told().slice(2)).toEqual(['remote>pc2 offer #1 · audio', 'pc2>pc2 applied remote offer']);
    expect([...model.sessions.keys()]).toEqual(['pc1', 'pc2']);
  });

  test('are found when they were there before', () => {
    const { say, told, model } = watch();
    const states = { signaling: 'stable', ice: 'connected', connection: 'connected' };
    say({ k: 'adopt', pc: 1, ...states, local: answer, remote: offer });
    say({ k: 'adopt', pc: 2, ...states, local: offer, remote: answer });
    const sent = told().filter((line) => /offer|answer/.test(line));
    expect(sent).toEqual(['remote>pc1 offer #1 · audio', 'pc1>remote answer #1', 'pc2>pc2 applied remote answer']);
    expect(model.sessions.get('pc1')?.rounds).toMatchObject([{ offerer: 'pc2', answerer: 'pc1', state: 'complete' }]);
    expect(model.parties).not.toContain('remote');
  });

  test('part when one of them is closed and the other goes on', () => {
    const { say, call, told, model } = watch();
    call('setLocalDescription', { description: offer });
    call('setRemoteDescription', { description: offer }, { ok: true }, 2);
    call('setLocalDescription', { description: answer }, { ok: true }, 2);
    call('setRemoteDescription', { description: answer });
    say({ k: 'made', pc: 1, name: 'close', ok: true });
    call('setLocalDescription', { description: offer }, { ok: true }, 2);
    expect(told().at(-2)).toMatch(/^pc2>remote offer #1/);
    expect(model.sessions.get('pc2')?.rounds).toMatchObject([{ offerer: 'pc2', answerer: 'remote' }]);
  });

  test('find other ends after that', () => {
    const { say, call, ways, model } = watch();
    const meet = (far: number, sdp: typeof offer) => {
      call('setLocalDescription', { description: sdp });
      call('setRemoteDescription', { description: sdp }, { ok: true }, far);
      call('setLocalDescription', { description: answer }, { ok: true }, far);
      call('setRemoteDescription', { description: answer });
    };
    const again = (version: number) => ({
      ...offer,
      sdp: offer.sdp.replace(/^o=.*$/m, `o=- 9 ${version} IN IP4 127.0.0.1`),
    });
    meet(2, again(1));
    say({ k: 'made', pc: 2, name: 'close', ok: true });
    call('setLocalDescription', { description: again(2) });
    expect(ways().at(-2)).toBe('pc1>remote');
    meet(3, again(3));
    const offers = ways().filter((way) => way.startsWith('pc1>') && way !== 'pc1>pc1');
    expect(offers).toEqual(['pc1>pc2', 'pc1>pc3', 'pc1>pc3']);
    expect([...model.sessions.keys()]).toEqual(['pc1', 'pc1#2']);
  });
});

describe('frames', () => {
  const frame = (out: boolean, data: unknown) => ({ out, data: JSON.stringify(data), encoding: 'text' }) as const;

  test('say whose descriptions they carry, and what was changed on the way', () => {
    const { scene, place, call, told } = watch();
    const { sockets } = scene;
    sockets.created('s', place.page, 'ws://h/');
    sockets.opened('s', '');
    call('createOffer', {}, { ok: true, description: offer });
    sockets.frame('s', place.page, frame(true, offer));
    call('setLocalDescription', { description: offer });
    sockets.frame('s', place.page, frame(true, { ...offer, sdp: offer.sdp.replace('a=sendrecv', 'a=sendonly') }));
    sockets.frame('s', place.page, frame(false, answer));
    call('setRemoteDescription', { description: { ...answer, sdp: answer.sdp.replace('a=rtcp-rsize\r\n', '') } });
    sockets.frame('s', place.page, frame(false, answer));
    sockets.frame('s', place.page, { out: false, data: 'AAEC', encoding: 'base64' });
    sockets.closed('s', 1000);
    expect(told()).toEqual([
      'page>server link connecting ws://h/',
      'page>server link open ws://h/',
      'pc1>pc1 createOffer',
      'pc1>server carries offer of pc1, not set yet',
      'pc1>remote offer #1 · audio',
      'pc1>pc1 applied local offer',
      'pc1>server carries offer of pc1 (event 5), changed: −a=sendrecv, +a=sendonly',
      'server>pc1 brings an answer',
      'remote>pc1 answer #1',
      'pc1>pc1 mark: pc1: the page changed the answer of event 8 before setting it: −a=rtcp-rsize',
      'pc1>pc1 applied remote answer',
      'server>pc1 brings answer given to pc1 (event 9) again, which the page had changed: −a=rtcp-rsize',
      expect.stringMatching(/^server>page \S/),
      'page>server link close 1000',
    ]);
  });

  test('changed on the way are not taken for changed by the page that sets them as they came', () => {
    const { scene, place, call, told } = watch();
    const changed = { ...offer, sdp: offer.sdp.replace('a=sendrecv', 'a=sendonly') };
    call('setLocalDescription', { description: offer });
    scene.sockets.frame('s', place.page, frame(false, changed));
    call('setRemoteDescription', { description: changed }, { ok: true }, 2);
    expect(told().slice(2)).toEqual([
      'server>pc1 brings offer of pc1 (event 1), changed: −a=sendrecv, +a=sendonly',
      'pc2>pc2 applied remote offer',
    ]);
  });

  test('are cut where they are long', () => {
    const { scene, place, events } = watch();
    scene.sockets.frame('s', place.page, { out: true, data: 'x'.repeat(1_000_000), encoding: 'text' });
    expect(events[0]).toMatchObject({ raw: 'x'.repeat(262_144), link: 'ws1' });
  });
});

describe('requests', () => {
  test('are told if they carry signaling, or act on what has', () => {
    const { scene, place, call, told } = watch();
    const { http } = scene;
    const send = (id: string, method: string, url: string, body: string) =>
      http.sent(id, place.page, { method, url, body });
    send('a', 'GET', 'https://h/config', '');
    http.done('a', '{}');
    call('setLocalDescription', { description: offer });
    send('b', 'POST', 'https://h/whip', offer.sdp);
    http.answered('b', 201, '/session/1');
    http.done('b', answer.sdp);
    send('c', 'DELETE', 'https://h/session/1', '');
    http.failed('c', 'gone');
    send('d', 'GET', 'https://h/events', '');
    http.pushed('d', JSON.stringify(answer));
    expect(told().slice(2)).toEqual([
      'pc1>server request POST /whip · carries offer of pc1 (event 1)',
      'server>pc1 response POST 201 · brings an answer',
      'pc1>server request DELETE /session/1',
      'pc1>server link error gone',
      'server>pc1 notify server-sent event · brings an answer',
    ]);
  });
});

test('a page that is left takes its connections and sockets along', () => {
  const { scene, place, realm, say, told } = watch();
  scene.visited(place, 'https://h/');
  say({ k: 'new', pc: 1 });
  scene.sockets.created('s', place.page, 'ws://h/');
  scene.left(realm);
  scene.gone(place, 'the page was closed');
  expect(told().slice(3)).toEqual([
    'pc1>pc1 state connection closed',
    'pc1>pc1 state signaling closed',
    'page>server link close its page is gone',
    'page>page link close the page was closed',
  ]);
  expect(scene.peers.open()).toEqual([]);
});

describe('a hostile page', () => {
  test('gets nothing but its reports said', () => {
    const { say, events, scene, place, realm } = watch();
    for (const text of [
      '',
      'null',
      '[]',
      '{"k":"constructor","pc":1}',
      '{"k":"new"}',
      '{"k":"new","pc":-1}',
      '{"k":"state","pc":1,"of":"x"}',
    ]) {
      scene.reported(place, realm, text);
    }
    say({ k: 'done', pc: 1, call: 9, name: 'setLocalDescription', ok: true, description: offer });
    expect(events).toEqual([]);
  });

  test('cannot make it throw', () => {
    const word = fc.constantFrom(
      'new',
      'call',
      'done',
      'made',
      'state',
      'adopt',
      'candidate',
      'ws-in',
      'ws-out',
      'ws-new',
      'offer',
    );
    const value = fc.oneof(word, fc.jsonValue(), fc.constant(offer), fc.constant(CANDIDATE), fc.nat(3));
    const names = [
      'k',
      'pc',
      'ws',
      'call',
      'name',
      'ok',
      'description',
      'candidate',
      'of',
      'value',
      'text',
      'base64',
      'local',
    ];
    const report = fc.record(Object.fromEntries(names.map((name) => [name, value])), { requiredKeys: [] });
    fc.assert(
      fc.property(fc.array(report, { maxLength: 20 }), (reports) => {
        watch().say(...reports);
      }),
      { numRuns: 300 },
    );
  });

  test('is limited in events and connections, and that is said', () => {
    const { say, wait, events, told } = watch();
    for (let i = 0; i < 5000; i += 1) say({ k: 'event', pc: 1, name: 'negotiationneeded' });
    expect(events).toHaveLength(2001);
    expect(told().at(-1)).toMatch(/TOO_MANY_EVENTS: more than 2000 events came in a second/);
    wait(1000);
    say({ k: 'event', pc: 1, name: 'negotiationneeded' });
    expect(told().at(-2)).toMatch(/TOO_MANY_EVENTS: 3000 events were left out/);
    const scene = watch();
    const isSaid = () => scene.told().filter((line) => /TOO_MANY_CONNECTIONS/.test(line)).length;
    const close = (pc: number) => ({ k: 'made', pc, name: 'close', ok: true });
    // One after the other there may be any number.
    for (let pc = 1; pc <= 600; pc += 1) scene.say({ k: 'new', pc }, close(pc));
    expect(scene.scene.peers.open()).toEqual([]);
    scene.wait(1000);
    for (let pc = 601; pc <= 1100; pc += 1) scene.say({ k: 'new', pc });
    expect(isSaid()).toBe(0);
    for (let pc = 1101; pc <= 1200; pc += 1) scene.say({ k: 'new', pc });
    expect(isSaid()).toBe(1);
    expect(scene.scene.peers.open().map(({ pc }) => pc)).toEqual(
      Array.from({ length: 500 }, (_, at) => `pc${701 + at}`),
    );
    const before = scene.events.length;
    scene.say({ k: 'event', pc: 601, name: 'negotiationneeded' }, close(650), close(5));
    expect(scene.events.length).toBe(before);
    scene.scene.left(scene.realm);
    expect(scene.scene.peers.open()).toEqual([]);
  });
});
