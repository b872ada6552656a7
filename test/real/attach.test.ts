/** `renego attach` to a real Chromium: what its pages do, to the letter and from their first script on. */
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type App, startApp } from './attach-app.ts';
import { type Listening, startChromium } from './chromium.ts';
import { carries, isLink, isState, type Line, type Lines, linesOf, signalsOf } from './lines.ts';
import { withParts } from './parts.ts';
import { type Running, start } from './process.ts';

const isCall = (name: string) => (line: Line) => line.kind === 'call' && line.name === name;
const isApply = (op: string, type: string) => (line: Line) =>
  line.kind === 'apply' && line.op === op && line.type === type;
const findings = (lines: Lines) => lines.all.filter(({ kind }) => kind === 'finding');
const carried = (word: string) => (line: Line) =>
  line.kind === 'message' &&
  (signalsOf(line) as readonly { label?: string }[]).some(({ label }) => label?.startsWith(word));

withParts(['chromium', 'wrtc'], 'renego attach and Chromium', () => {
  let chromium: Listening;
  let app: App;
  const open: { close(): unknown }[] = [];

  beforeAll(async () => {
    [chromium, app] = await Promise.all([startChromium(), startApp()]);
  });
  afterEach(async () => {
    for (const one of open.splice(0).reverse()) await one.close();
  });
  afterAll(async () => {
    await chromium?.close();
    await app?.close();
  });

  function attach(...flags: string[]): { lines: Lines; running: Running } {
    const running = start(['attach', chromium.endpoint, '--json', '--timeout', '150s', ...flags]);
    const lines = linesOf(running);
    open.push({ close: () => running.child.kill('SIGKILL') });
    return { lines, running };
  }

  const attached = (lines: Lines) => lines.until('the browser', isLink('open'));

  async function visit(url = app.url): Promise<Page> {
    const page = await chromium.context.newPage();
    open.push(page);
    await page.goto(url);
    await page.waitForFunction('window.socket === undefined || socket.readyState === 1');
    return page;
  }

  /** The far side, in this process. */
  async function farSide() {
    const { default: wrtc } = (await import('@roamhq/wrtc')) as unknown as { default: typeof globalThis };
    const far = new wrtc.RTCPeerConnection();
    open.push(far);
    app.candidates((candidate) => void far.addIceCandidate(candidate).catch(() => {}));
    far.onicecandidate = ({ candidate }) => app.say({ candidate: candidate && { ...candidate.toJSON() } });
    const tell = () =>
      app.say({ description: { type: far.localDescription?.type ?? '', sdp: far.localDescription?.sdp ?? '' } });
    return {
      far,
      tell,
      async answer(): Promise<void> {
        await far.setRemoteDescription((await app.description('offer')) as RTCSessionDescriptionInit);
        await far.setLocalDescription(await far.createAnswer());
        tell();
      },
    };
  }

  test('shows glare, a munged offer and a refused answer, and nothing else that is wrong', async () => {
    const { lines } = attach();
    await attached(lines);
    const page = await visit();
    const { far, tell, answer } = await farSide();
    await page.evaluate('start(); void offer()');
    await answer();
    await lines.until('a connection', isState('connection', 'connected'));

    const STEREO = "(sdp) => sdp.replace('useinbandfec=1', 'useinbandfec=1;stereo=1')";
    await page.evaluate(`void offer(${STEREO})`);
    await answer();
    await lines.until(
      'the second round',
      (line) => line.kind === 'negotiation' && line.state === 'complete' && line.cause === 'renegotiation',
    );

    // Both offer at once; the page gives way.
    await far.setLocalDescription(await far.createOffer());
    await page.evaluate('offer()');
    tell();
    await far.setRemoteDescription((await app.description('answer')) as RTCSessionDescriptionInit);
    await lines.until(
      'glare',
      (line) => line.kind === 'negotiation' && line.cause === 'glare' && line.state === 'complete',
    );
    await app.description('offer');

    // An answer that lacks a section.
    await page.evaluate('void offer()');
    await far.setRemoteDescription((await app.description('offer')) as RTCSessionDescriptionInit);
    const { sdp = '' } = await far.createAnswer();
    const cut = sdp.slice(0, sdp.indexOf('m=application')).replace('BUNDLE 0 1', 'BUNDLE 0');
    app.say({ description: { type: 'answer', sdp: cut } });
    const refused = await lines.until('the refusal', (line) => line.kind === 'apply' && line.ok === false);
    await page.waitForFunction('errors.length === 1');

    expect(refused).toMatchObject({ pc: 'pc2', op: 'remote', type: 'answer', error: { name: 'InvalidAccessError' } });
    expect(`${(refused.error as { name: string }).name}: ${(refused.error as { message: string }).message}`).toBe(
      await page.evaluate('errors[0]'),
    );
    expect(lines.all.filter((line) => line.kind === 'apply' && line.ok === false)).toHaveLength(1);
    const rules = (severity: string) =>
      findings(lines)
        .filter((one) => one.severity === severity)
        .map(({ rule }) => rule);
    expect(rules('error')).toEqual(['answer-mline-count']);
    expect(rules('warning')).toEqual(['description-munged']);
    expect(rules('info')).toContain('glare');
    const munged = findings(lines).find(({ rule }) => rule === 'description-munged');
    expect(munged).toMatchObject({ pc: 'pc2', side: 'pc2', message: expect.stringContaining('stereo') });

    // Calls, events and the wire tell of the same connection; the native code still looks native.
    expect(await page.evaluate('early')).toBe(true);
    for (const name of ['create', 'addTransceiver', 'createDataChannel', 'createOffer', 'negotiationneeded']) {
      expect(
        lines.all.find((line) => isCall(name)(line) && line.pc === 'pc2'),
        name,
      ).toBeDefined();
    }
    const offer = await lines.until('the offer', carries('offer', 'pc2'));
    const frame = await lines.until('its frame', carried('carries offer of pc2'));
    expect(frame).toMatchObject({
      from: 'pc2',
      to: 'server',
      link: 'ws1',
      signals: [{ carries: 'offer', pc: 'pc2', of: offer.seq }],
    });
    expect(await lines.until('the answer', carried('brings an answer'))).toMatchObject({ from: 'server', to: 'pc2' });
    expect(lines.all.filter(isApply('local', 'offer'))).toHaveLength(4);
  });
});
