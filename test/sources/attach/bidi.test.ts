/** WebDriver BiDi as a machine: what is asked of Firefox, and what its events become. */
import { expect, test } from 'vitest';
import type { Draft } from '../../../src/core/event.ts';
import { createBidi } from '../../../src/sources/attach/bidi.ts';
import { createScene } from '../../../src/sources/attach/scene.ts';

function watched(launched?: string) {
  const sent: { id: number; method: string; params: Record<string, unknown> }[] = [];
  const told: Draft[] = [];
  const scene = createScene({ tell: (draft) => told.push(draft), now: () => 0 });
  let ready = 0;
  const browser = createBidi(scene, '_name', {
    send: (text) => void sent.push(JSON.parse(text)),
    ready() {
      ready += 1;
    },
    refused: () => {},
  });
  const event = (method: string, params: object) => browser.received(JSON.stringify({ method, params }));
  const answer = (method: string, result: object = {}) => {
    const asked = sent.findLast((one) => one.method === method);
    browser.received(JSON.stringify({ id: asked?.id, result }));
  };
  browser.begin(launched);
  answer('session.new');
  answer('script.addPreloadScript');
  event('browsingContext.contextCreated', { context: 'C', url: 'https://h/', parent: null });
  event('script.realmCreated', { realm: 'R', type: 'window', context: 'C' });
  expect(ready).toBe(0);
  answer('session.subscribe');
  expect(ready).toBe(1);
  return { scene, browser, sent, told, event, answer, methods: () => sent.map(({ method }) => method) };
}

const say = (report: object) => ({
  channel: '_name',
  data: { type: 'string', value: JSON.stringify(report) },
  source: { realm: 'R', context: 'C' },
});

test('asks for nothing but to be told, and puts its script into pages', () => {
  const { methods, event, told } = watched();
  event('script.message', say({ k: 'new', pc: 1 }));
  event('browsingContext.navigationStarted', { context: 'C', url: 'https://h/2' });
  expect(methods()).toEqual([
    'session.new',
    'network.addDataCollector',
    'script.addPreloadScript',
    'session.subscribe',
    'script.callFunction',
  ]);
  expect(told.filter(({ kind }) => kind === 'call')).toMatchObject([{ from: 'pc1', name: 'create' }]);
});

test('goes to the page that was asked for when it listens', () => {
  expect(watched('https://h/x').sent.at(-1)).toMatchObject({
    method: 'browsingContext.navigate',
    params: { context: 'C', url: 'https://h/x' },
  });
});

test('an action is one call in the realm of its connection', () => {
  const { scene, browser, sent, event, answer, methods } = watched();
  event('script.message', say({ k: 'new', pc: 1 }));
  const before = methods().length;
  const answers: string[] = [];
  const [peer] = scene.peers.open();
  if (peer) browser.act(peer, 'restartIce', undefined, (text) => answers.push(text));
  expect(methods().slice(before)).toEqual(['script.callFunction']);
  expect(sent.at(-1)?.params).toMatchObject({ target: { realm: 'R' } });
  answer('script.callFunction', { result: { type: 'string', value: 'ok' } });
  expect(answers).toEqual(['ok']);
  event('script.realmDestroyed', { realm: 'R' });
  if (peer) browser.act(peer, 'restartIce', undefined, (text) => answers.push(text));
  expect(answers.at(-1)).toBe('its page is gone');
});

test('ends its session when it leaves, as Firefox has only one', () => {
  const { browser, methods } = watched();
  browser.leave(() => {});
  expect(methods().at(-1)).toBe('session.end');
});
