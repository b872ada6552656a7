/** What `renego attach` does to a page when it is told to, seen from the far side; and all of it in a real Firefox. */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { EXTRA, startApp } from './attach-app.ts';
import { createFarSide } from './attach-far.ts';
import { carries, isState, type Line, type Lines, linesOf, signalsOf, ufragOf } from './lines.ts';
import { withParts } from './parts.ts';
import { BIN, type Running, start } from './process.ts';
import { openTerminal } from './terminal.ts';

const open: { close(): unknown }[] = [];

afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

/** Runs to its end; killed if the test is over before. */
function begin(...argv: string[]): { running: Running; lines: Lines } {
  const running = start(argv);
  open.push({ close: () => running.child.kill('SIGTERM') && running.ended() });
  return { running, lines: linesOf(running) };
}

/** A signaling server with a page, and renego's own engine as the far side. */
async function startCall(): Promise<{ pageUrl: string; far: Lines }> {
  const server = begin('serve', '--listen', '127.0.0.1:0', '--json').running;
  const [, url = ''] = await server.says(/signaling {2}(\S+)/);
  const [, pageUrl = ''] = await server.says(/browsers {3}(\S+)/);
  const far = begin('connect', url, '--as', 'far', '--answer-only', '--json', '--timeout', '150s').lines;
  await far.until('the far side', (line) => line.kind === 'link' && line.change === 'open');
  return { pageUrl: `${pageUrl}?name=web&auto=call`, far };
}

const isRestart = (line: Line) =>
  line.kind === 'negotiation' && line.cause === 'ice-restart' && line.state === 'complete' && line.offerer === 'web';

async function restarted(far: Lines): Promise<void> {
  await far.until('the restart', isRestart);
  const [first, second] = far.all.filter(carries('offer', 'web')).map(ufragOf);
  expect(second).toBeDefined();
  expect(second).not.toBe(first);
}

withParts(['chromium', 'tmux', 'wrtc'], 'renego attach on a terminal', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'renego-test-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('r restarts ICE in the page, which the far side sees; s, h and what is refused', async () => {
    const { pageUrl, far } = await startCall();
    // In a folder of its own: others may start browsers, too.
    const own = mkdtempSync(join(folder, 'tmp-'));
    const profiles = () => readdirSync(own).filter((name) => name.startsWith('renego-browser-'));
    const terminal = await openTerminal(folder, 130, 40);
    open.push(terminal);
    terminal.run(
      `TMPDIR=${own} ${process.execPath} ${BIN} attach --headless --launch '${pageUrl}'; echo "left with $?"`,
    );
    await terminal.until(/state connection connected/);
    expect(profiles()).toHaveLength(1);

    terminal.press('r');
    await terminal.until(/ours: restart ICE pc1/);
    await restarted(far);
    await terminal.until(/offer #2 · ICE restart/);
    terminal.press('o');
    await terminal.until(/up to the page, which renego only watches/);
    terminal.press('s');
    await terminal.until(/mark: pc1 \w+ udp/);
    terminal.press('S');
    await terminal.until(/ours: set configuration pc1[\s\S]*mark: pc1 is configured/);
    terminal.press('h');
    await terminal.until(/ours: close pc1[\s\S]*state connection closed/);
    terminal.press('q');
    await terminal.until(/left with 0/);
    expect(profiles()).toEqual([]);
  });
});

withParts(['firefox', 'wrtc'], 'renego attach and Firefox', () => {
  const LAUNCH = ['attach', '--browser', 'firefox', '--headless', '--json', '--timeout', '150s', '--launch'];

  test('restarts ICE in the page, which the far side sees', async () => {
    const { pageUrl, far } = await startCall();
    const { running, lines } = begin(...LAUNCH, pageUrl, '--do', 'restart-ice@connected', '--exit-when', 'connected');
    const note = await lines.until('the note', (line) => line.kind === 'problem');
    expect(note).toMatchObject({ code: 'BIDI_LIMITS', detail: expect.stringMatching(/workers are not/) });
    await restarted(far);
    expect(await running.ended()).toBe(0);
    expect(lines.all.filter((line) => line.kind === 'problem')).toHaveLength(1);
  });

  test('shows glare, a munged offer and a refused answer, its frames and its requests', async () => {
    const app = await startApp(EXTRA);
    open.push(app);
    const joined = app.joined();
    const { lines } = begin(...LAUNCH, app.url);
    await joined;
    const side = await createFarSide(app);
    open.push(side);
    const { far, tell, answer, answerBadly } = side;
    const rounds = (cause: string) => (line: Line) =>
      line.kind === 'negotiation' && line.cause === cause && line.state === 'complete';

    app.say({ run: 'start(); offer()' });
    await answer();
    await lines.until('a connection', isState('connection', 'connected'));
    app.say({ run: "offer((sdp) => sdp.replace('useinbandfec=1', 'useinbandfec=1;usedtx=1'))" });
    await answer();
    await lines.until('the second round', rounds('renegotiation'));

    await far.setLocalDescription(await far.createOffer());
    app.say({ run: 'offer()' });
    await app.description('offer');
    tell();
    await far.setRemoteDescription((await app.description('answer')) as RTCSessionDescriptionInit);
    await lines.until('glare', rounds('glare'));

    app.say({ run: 'offer()' });
    await answerBadly();
    const refused = await lines.until('the refusal', (line) => line.kind === 'apply' && line.ok === false);
    expect(refused).toMatchObject({ pc: 'pc2', op: 'remote', type: 'answer' });
    const rules = (severity: string) =>
      lines.all.filter((line) => line.kind === 'finding' && line.severity === severity).map(({ rule }) => rule);
    expect(rules('error')).toEqual(['answer-mline-count']);
    expect(rules('warning')).toContain('description-munged');
    expect(lines.all.filter((line) => line.kind === 'apply' && line.ok === false)).toHaveLength(1);

    const labels = (line: Line) => (signalsOf(line) as readonly { label?: string }[]).map(({ label }) => label).join();
    await lines.until('a frame', (line) => line.link === 'ws1' && /^carries offer of pc2/.test(labels(line)));
    app.say({ run: "fetch('/negotiate', { method: 'POST', body: JSON.stringify(pc.localDescription) })" });
    await lines.until('a request', (line) => line.link === 'http' && /carries offer of pc2/.test(labels(line)));
    await lines.until('a response', (line) => line.link === 'http' && /brings an answer/.test(labels(line)));
    app.say({ run: 'location.reload()' });
    await lines.until('the end', (line) => isState('connection', 'closed')(line) && line.pc === 'pc2');
    await lines.until('a new one', (line) => line.kind === 'call' && line.name === 'create' && line.pc === 'pc3');
  });
});
