/** `renego attach` to a real Chromium: what its pages do, to the letter and from their first script on. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type App, EXTRA, startApp } from './attach-app.ts';
import { createFarSide, type FarSide } from './attach-far.ts';
import { type Listening, startChromium } from './chromium.ts';
import { carries, isBrowser, isLink, isState, type Line, type Lines, linesOf, signalsOf } from './lines.ts';
import { holds } from './page-wait.ts';
import { withParts } from './parts.ts';
import { type Running, start } from './process.ts';

const isProblem = (code: string) => (line: Line) => line.kind === 'problem' && line.code === code;
const isCall = (name: string) => (line: Line) => line.kind === 'call' && line.name === name;
const isApply = (op: string, type: string) => (line: Line) =>
  line.kind === 'apply' && line.op === op && line.type === type;
const findings = (lines: Lines) => lines.all.filter(({ kind }) => kind === 'finding');
const carried = (word: string | RegExp) => (line: Line) =>
  line.kind === 'message' &&
  (signalsOf(line) as readonly { label?: string }[]).some(({ label }) =>
    typeof word === 'string' ? label?.startsWith(word) : word.test(label ?? ''),
  );

withParts(['chromium', 'wrtc'], 'renego attach and Chromium', () => {
  let chromium: Listening;
  let app: App;
  const open: { close(): unknown }[] = [];

  beforeAll(async () => {
    [chromium, app] = await Promise.all([startChromium(), startApp(EXTRA)]);
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

  const attached = (lines: Lines) => lines.until('the browser', isBrowser);

  async function visit(url = app.url): Promise<Page> {
    const page = await chromium.context.newPage();
    open.push(page);
    await page.goto(url);
    await holds(page, 'window.socket === undefined || socket.readyState === 1');
    return page;
  }

  async function farSide(): Promise<FarSide> {
    const side = await createFarSide(app);
    open.push(side);
    return side;
  }

  test('shows glare, a munged offer and a refused answer, and nothing else that is wrong', async () => {
    const { lines } = attach();
    await attached(lines);
    const page = await visit();
    const { far, tell, answer, answerBadly } = await farSide();
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
    await answerBadly();
    const refused = await lines.until('the refusal', (line) => line.kind === 'apply' && line.ok === false);
    await holds(page, 'errors.length === 1');

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

  test('finds connections that were there before it, and says what it has missed', async () => {
    const page = await visit();
    const { answer } = await farSide();
    await page.evaluate('start(); void offer()');
    await answer();
    await holds(page, "pc.connectionState === 'connected'");

    const { lines } = attach();
    await lines.until('the connection', isCall('found, it was there before'));
    const { pc } = await lines.until('its state', isState('connection', 'connected'));
    const mine = (line: Line) => line.from === pc || line.to === pc;
    expect(
      lines.all.filter((line) => mine(line) && line.kind === 'message').map((line) => signalsOf(line)[0]?.type),
    ).toEqual(['offer', 'answer']);
    expect(await lines.until('the note', isProblem('ATTACHED_LATE'))).toMatchObject({ from: 'page' });

    await page.evaluate('void offer()');
    await answer();
    await lines.until(
      'a round',
      (line) => line.kind === 'negotiation' && line.pc === pc && line.cause === 'renegotiation',
    );
    expect(findings(lines).filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  test('shows two tabs that speak to each other as one negotiation, and acts on either', async () => {
    const { lines } = attach('--do', 'restart-ice:pc2@connected');
    await attached(lines);
    const page = await visit(`${app.url}tab`);
    await visit(`${app.url}tab`);
    const both = (line: Line) => isCall('create')(line) && line.pc === 'pc2';
    await lines.until('both', both);
    await page.evaluate("pc.addTransceiver('audio'); pc.createDataChannel('chat')");
    const settled = (cause: string) => (line: Line) =>
      line.kind === 'negotiation' && line.cause === cause && line.state === 'complete';
    expect(await lines.until('the first round', settled('first'))).toMatchObject({
      pc: 'pc1',
      offerer: 'pc1',
      answerer: 'pc2',
    });
    expect(await lines.until('the restart', settled('ice-restart'))).toMatchObject({
      pc: 'pc1',
      offerer: 'pc2',
      answerer: 'pc1',
    });
    const ways = lines.all.flatMap((line) =>
      line.kind === 'message' && line.protocol === 'page' && signalsOf(line)[0]?.sdp !== undefined
        ? [`${line.from} ${signalsOf(line)[0]?.type} ${line.to}`]
        : [],
    );
    expect(ways).toEqual(['pc1 offer remote', 'pc2 answer pc1', 'pc2 offer pc1', 'pc1 answer pc2']);
    expect(findings(lines).filter(({ severity }) => severity !== 'info')).toEqual([]);
    expect(new Set(lines.all.flatMap((line) => (line.kind === 'negotiation' ? [line.pc] : [])))).toEqual(
      new Set(['pc1']),
    );
  });

  test('sets what it is told to of a configuration, and leaves the rest and the credentials as they are', async () => {
    const change = {
      iceTransportPolicy: 'relay',
      iceServers: [{ urls: ['turn:127.0.0.1:59999'] }, { urls: 'stun:127.0.0.1:1' }],
    };
    const { lines } = attach('--do', `set-configuration:pc2:${JSON.stringify(change)}`);
    await attached(lines);
    const page = await visit();
    await page.evaluate(`pc = new RTCPeerConnection({ bundlePolicy: 'max-bundle',
      iceServers: [{ urls: 'turn:127.0.0.1:59999', username: 'user-name', credential: 'pass-word' }] })`);
    await lines.until(
      'that it is done',
      (line) => line.kind === 'mark' && /^pc2 is configured/.test(String(line.text)),
    );
    expect(await page.evaluate('pc.getConfiguration()')).toMatchObject({
      bundlePolicy: 'max-bundle',
      iceTransportPolicy: 'relay',
      iceServers: [
        { urls: ['turn:127.0.0.1:59999'], username: 'user-name', credential: 'pass-word' },
        { urls: ['stun:127.0.0.1:1'] },
      ],
    });
    expect(JSON.stringify(lines.all)).not.toMatch(/user-name|pass-word/);
  });

  test('follows reloads, frames and workers, and tells what a page made of what it got', async () => {
    const { lines, running } = attach();
    await attached(lines);
    const page = await visit(`${app.url}framed`);
    await page.evaluate("frames[0].start(); void frames[0].offer(); new Worker('/worker.js')");
    expect(
      await lines.until('the offer in the frame', (line) => carries('offer', String(line.from))(line)),
    ).toMatchObject({ to: 'remote' });
    const frame = await lines.until('the frame of the worker', carried('carries an offer'));
    // Another debugger, as the test's own, may let it go before its socket can be told; then nobody knows its server.
    expect(frame).toMatchObject({ from: 'worker', to: expect.stringMatching(/^server2?$/) });

    const pcs = () => new Set(lines.all.flatMap((line) => (isCall('create')(line) ? [line.pc] : [])));
    const before = [...pcs()];
    const at = lines.all.length;
    await page.reload();
    for (const pc of before) {
      await lines.until(`the end of ${pc}`, (line) => isState('connection', 'closed')(line) && line.pc === pc, at);
    }
    await lines.until('the page again', (line) => isLink('open')(line) && line.from === 'page', at);
    const next = await lines.until('new connections', isCall('create'), at);
    expect(before).not.toContain(next.pc);

    // HTTP: a request with an offer, a response with an answer that the page changes before it sets it.
    await page.evaluate(`(async () => {
      const { start } = frames[0];
      start();
      const { pc } = frames[0];
      await pc.setLocalDescription(await pc.createOffer());
      const { type, sdp } = pc.localDescription;
      const reply = await frames[0].fetch('/negotiate', { method: 'POST', body: JSON.stringify({ type, sdp }) });
      const answer = await reply.json();
      await pc.setRemoteDescription({ ...answer, sdp: answer.sdp.replace('a=sendrecv', 'a=inactive') }).catch(() => {});
    })()`);
    const request = await lines.until('the request', carried('carries offer of'), at);
    expect(request).toMatchObject({ protocol: 'http', signals: [{ method: 'POST /negotiate' }, { carries: 'offer' }] });
    const response = await lines.until('the response', carried(/^brings an? answer|^brings answer/), at);
    expect(response).toMatchObject({
      protocol: 'http',
      to: request.from,
      signals: [{ type: 'response', status: 200 }, {}],
    });
    // Which of the two tells it depends on whether the body or the call comes first.
    const told = (line: Line) =>
      /changed[^:]*: −a=sendrecv, \+a=inactive/.test(`${line.text} ${JSON.stringify(line.signals)}`);
    await lines.until('the change', told, at);
    expect(running.child.exitCode).toBeNull();
  });

  test('is not led astray by a page that plays tricks', async () => {
    const { lines } = attach();
    await attached(lines);
    const page = await visit(`${app.url}tricks`);
    await holds(page, 'done');
    expect(await page.evaluate('seen')).toEqual({
      names: [],
      native: true,
      same: true,
      unhandled: 'InvalidStateError',
    });
    const at = lines.all.length;
    await page.evaluate('flood()');
    await lines.until('the limit', isProblem('TOO_MANY_EVENTS'), at);
    await page.evaluate('big()');
    await lines.until('a long frame', (line) => line.kind === 'message' && String(line.raw).length === 262_144, at);
  });

  test('ends when the browser quits', async () => {
    const other = await startChromium();
    open.push(other);
    const running = start(['attach', other.endpoint, '--json']);
    const lines = linesOf(running);
    await attached(lines);
    const page = await other.context.newPage();
    await page.goto(app.url);
    await lines.until('a connection', isCall('create'));
    other.child.kill('SIGTERM');
    expect(await running.ended()).toBe(0);
    expect(lines.all.find((line) => isLink('close')(line) && line.link === 'browser')).toMatchObject({
      reason: 'the browser quit',
    });
    expect(lines.all.some(isState('connection', 'closed'))).toBe(true);
  });

  test('says what to do where no browser listens', async () => {
    const running = start(['attach', '127.0.0.1:9']);
    expect(await running.ended()).toBe(3);
    expect(running.stderr()).toMatch(/no browser answers at 127\.0\.0\.1:9[\s\S]*--remote-debugging-port/);
    const other = createServer((_request, response) => response.writeHead(404).end());
    open.push({ close: () => other.close() });
    other.listen(0, '127.0.0.1');
    await once(other, 'listening');
    const wrong = start(['attach', String((other.address() as AddressInfo).port)]);
    expect(await wrong.ended()).toBe(3);
    expect(wrong.stderr()).toMatch(/is no browser that can be attached to[\s\S]*Check the port/);
    const mute = createTcpServer((socket) => socket.end('SSH-2.0-x\r\n'));
    open.push({ close: () => mute.close() });
    mute.listen(0, '127.0.0.1');
    await once(mute, 'listening');
    const shell = start(['attach', String((mute.address() as AddressInfo).port)]);
    expect(await shell.ended()).toBe(3);
    expect(shell.stderr()).toMatch(/is no browser that can be attached to: .*HTTP[\s\S]*Check host and port/);
    expect(shell.stderr()).not.toMatch(/user-data-dir/);
  });
});
