/** The DevTools protocol as a machine: what is asked of the browser, and what its events become. */
import { expect, test } from 'vitest';
import type { Draft } from '../../../src/core/event.ts';
import { anOffer } from '../../../src/rules/example.ts';
import { createDevTools } from '../../../src/sources/attach/devtools.ts';
import { createScene } from '../../../src/sources/attach/scene.ts';

function attached(launched?: string, waiting = true) {
  const sent: { id: number; method: string; params: Record<string, unknown>; sessionId?: string }[] = [];
  const told: Draft[] = [];
  const times: (number | undefined)[] = [];
  const readies: number[] = [];
  const refusals: string[] = [];
  let t = 0;
  const scene = createScene({
    tell(draft, at) {
      times.push(at);
      return told.push(draft);
    },
    now: () => t,
  });
  const wait = (ms: number) => {
    t += ms;
  };
  const browser = createDevTools(scene, '_name', {
    send: (text) => void sent.push(JSON.parse(text)),
    ready: () => void readies.push(sent.length),
    refused: (why) => void refusals.push(why),
  });
  const event = (method: string, params: object, sessionId?: string) =>
    browser.received(JSON.stringify({ method, params, sessionId }));
  const answer = (method: string, result: object) => {
    const asked = sent.findLast((one) => one.method === method);
    browser.received(JSON.stringify({ id: asked?.id, ...result }));
  };
  browser.begin(launched);
  const targetInfo = { targetId: 'T', type: 'page', url: waiting ? '' : 'https://h/' };
  event('Target.attachedToTarget', { sessionId: 'S', targetInfo, waitingForDebugger: waiting });
  const methods = () => sent.map(({ method }) => method);
  return { scene, browser, event, answer, sent, told, times, readies, refusals, methods, wait };
}

const context = (id: number) => ({ context: { id, auxData: { isDefault: true } } });

test('a new page is let go only after the script is in', () => {
  const { methods, event, told } = attached();
  const all = methods();
  expect(all[0]).toBe('Target.setAutoAttach');
  expect(all.indexOf('Page.addScriptToEvaluateOnNewDocument')).toBeLessThan(
    all.indexOf('Runtime.runIfWaitingForDebugger'),
  );
  event('Runtime.executionContextCreated', context(1), 'S');
  const called = { name: '_name', payload: '{"k":"new","pc":1}', executionContextId: 1 };
  event('Runtime.bindingCalled', called, 'S');
  event('Runtime.bindingCalled', { ...called, name: 'other' }, 'S');
  event('Runtime.bindingCalled', { ...called, executionContextId: 2 }, 'S');
  expect(told).toMatchObject([{ from: 'pc1', kind: 'call', name: 'create' }]);
  event('Runtime.executionContextsCleared', {}, 'S');
  expect(told.slice(1)).toMatchObject([
    { of: 'connection', value: 'closed' },
    { of: 'signaling', value: 'closed' },
  ]);
});

test('nothing goes by unseen once the browser holds what begins in it', () => {
  const { readies, browser, sent } = attached();
  expect(readies).toEqual([]);
  browser.received(JSON.stringify({ id: sent[0]?.id, result: {} }));
  expect(readies).toHaveLength(1);
});

test('a page that runs already is searched for connections', () => {
  const { methods, event, answer, sent } = attached(undefined, false);
  event('Runtime.executionContextCreated', context(1), 'S');
  answer('Runtime.evaluate', { result: { result: { objectId: 'P' } } });
  answer('Runtime.queryObjects', { result: { objects: { objectId: 'A' } } });
  expect(methods().slice(-3)).toEqual(['Runtime.evaluate', 'Runtime.queryObjects', 'Runtime.callFunctionOn']);
  expect(sent.at(-1)?.params).toMatchObject({
    objectId: 'A',
    functionDeclaration: expect.stringContaining('adopt(this, false)'),
  });
});

test('the page asked for is opened when the script is known to be in, and told if it cannot be', () => {
  const { methods, answer, told } = attached('https://h/x');
  expect(methods()).not.toContain('Page.navigate');
  answer('Page.addScriptToEvaluateOnNewDocument', { result: {} });
  answer('Page.navigate', { result: { errorText: 'net::ERR_NAME_NOT_RESOLVED' } });
  expect(told.at(-1)).toMatchObject({ kind: 'problem', code: 'PAGE_NOT_LOADED' });
});

test('a page is told of once, however early it is attached to', () => {
  const { event, told } = attached(undefined, false);
  const navigated = (url: string) => event('Page.frameNavigated', { frame: { id: 'T', url } }, 'S');
  for (const url of ['https://h/', 'https://h/', 'https://h/x']) navigated(url);
  expect(told).toMatchObject([{ url: 'https://h/' }, { url: 'https://h/' }, { url: 'https://h/x' }]);
});

test('a worker that is attached to twice is told of once, and goes on when the page that started it is gone', () => {
  const { event, told } = attached();
  const attach = (sessionId: string, waitingForDebugger: boolean) => {
    const targetInfo = { targetId: 'W', type: 'service_worker', url: '' };
    event('Target.attachedToTarget', { sessionId, targetInfo, waitingForDebugger });
  };
  const opened = (session: string) =>
    event('Network.webSocketCreated', { requestId: session, url: 'wss://h/' }, session);
  attach('P', true);
  attach('B', false);
  opened('P');
  opened('B');
  expect(told).toHaveLength(1);
  event('Target.detachedFromTarget', { sessionId: 'P' });
  opened('B');
  expect(told.slice(1).map(({ from, kind }) => `${from} ${kind}`)).toEqual([
    'worker link',
    'worker link',
    'worker2 link',
  ]);
});

test('what follows a request waits for its body', () => {
  const { event, answer, told } = attached();
  const sdp =
    'v=0\r\no=- 1 2 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\na=setup:actpass\r\nm=audio 9 UDP/TLS/RTP/SAVPF 0\r\na=ice-ufrag:aaaa\r\na=ice-pwd:aaaaaaaaaaaaaaaaaaaaaaaa\r\n';
  const request = { method: 'POST', url: 'https://h/whip', hasPostData: true };
  event('Network.requestWillBeSent', { requestId: 'r', type: 'Fetch', request }, 'S');
  event('Network.responseReceived', { requestId: 'r', response: { status: 201, headers: { Location: '/1' } } }, 'S');
  event('Network.loadingFinished', { requestId: 'r', encodedDataLength: 9 }, 'S');
  expect(told).toEqual([]);
  answer('Network.getRequestPostData', { result: { postData: sdp } });
  answer('Network.getResponseBody', { result: { body: btoa('{}'), base64Encoded: true } });
  expect(told).toMatchObject([
    { from: 'page', raw: sdp },
    { from: 'server', raw: '{}', signals: [{ status: 201 }] },
  ]);
});

test('frames and answers have the time of the browser, however late they are told and their bodies come', () => {
  const { event, answer, told, times, wait } = attached();
  const frame = (timestamp: number) =>
    event(
      'Network.webSocketFrameReceived',
      { requestId: '1', timestamp, response: { opcode: 1, payloadData: 'x' } },
      'S',
    );
  frame(5000);
  wait(70);
  frame(5000.02);
  const request = { method: 'POST', url: 'https://h/', postData: JSON.stringify({ type: 'offer', sdp: anOffer() }) };
  event('Network.requestWillBeSent', { requestId: '2', timestamp: 5000.03, type: 'Fetch', request }, 'S');
  event('Network.responseReceived', { requestId: '2', timestamp: 5000.04, response: { status: 200 } }, 'S');
  event('Network.loadingFinished', { requestId: '2', timestamp: 5000.05, encodedDataLength: 1 }, 'S');
  wait(1000);
  answer('Network.getResponseBody', { result: { body: 'ok' } });
  expect(told.map(({ kind }) => kind)).toEqual(Array(4).fill('message'));
  expect(times.map((at) => Math.round(at ?? -1))).toEqual([0, 20, 30, 50]);
});

test('acts in the realm of the connection, and says so when that is gone', () => {
  const { scene, browser, event, answer, sent } = attached();
  event('Runtime.executionContextCreated', context(7), 'S');
  event('Runtime.bindingCalled', { name: '_name', payload: '{"k":"new","pc":3}', executionContextId: 7 }, 'S');
  const [peer] = scene.peers.open();
  if (!peer) throw new Error('no peer');
  const answers: string[] = [];
  browser.act(peer, 'restartIce', undefined, (text) => answers.push(text));
  expect(sent.at(-1)?.params).toMatchObject({
    contextId: 7,
    expression: expect.stringMatching(/"_name"[\s\S]*\.act\(3, "restartIce", undefined\)$/),
  });
  answer('Runtime.evaluate', { result: { result: { value: 'ok' } } });
  event('Target.detachedFromTarget', { sessionId: 'S' });
  browser.act(peer, 'restartIce', undefined, (text) => answers.push(text));
  expect(answers).toEqual(['ok', 'its page is gone']);
});

test('a browser that refuses is not watched; noise is no matter', () => {
  const { browser, answer, refusals, told, event } = attached();
  for (const text of [
    '',
    'x',
    '[]',
    '{"id":99}',
    '{"method":"constructor"}',
    '{"method":"Runtime.bindingCalled","sessionId":"S"}',
  ]) {
    browser.received(text);
  }
  event('Network.webSocketFrameSent', { requestId: 1, response: { opcode: 1, payloadData: 5 } }, 'S');
  event('Page.frameNavigated', {}, 'S');
  expect(told).toEqual([]);
  answer('Target.setAutoAttach', { error: { message: 'Not allowed' } });
  browser.begin(undefined);
  answer('Target.setAutoAttach', { error: { message: 'Not allowed' } });
  expect(refusals).toContain('Not allowed');
});
