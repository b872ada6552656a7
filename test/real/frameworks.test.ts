/** renego with RTCMultiConnection and EasyRTC: their servers, and a page with their library in Chromium. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { launch } from './foreign.ts';
import { easyRtc, framework, rtcMultiConnection } from './framework-servers.ts';
import { carries, isState, type Line, linesOf, signalsOf, ufragOf } from './lines.ts';
import { answered, holds } from './page-wait.ts';
import { withParts } from './parts.ts';
import { start } from './process.ts';
import { createReplaying } from './replaying.ts';
import { PAGE_HELPERS } from './socket-io.ts';

const scripts = (library: string): Readonly<Record<string, string>> => ({
  '/client.js': 'socket.io-client/dist/socket.io.js',
  '/library.js': library,
});
const page = (code: string): string =>
  `<!doctype html><title>page</title><script src="/client.js"></script><script src="/library.js"></script><script>
  ${PAGE_HELPERS}
  const heard = [];
  ${code}
</script>`;

const RTC_MULTI_CONNECTION = page(`
  const connection = new RTCMultiConnection();
  connection.enableLogs = false;
  connection.socketURL = location.origin + '/';
  connection.userid = 'page';
  connection.iceServers = [];
  connection.session = { audio: true, data: true };
  connection.dontCaptureUserMedia = true;
  connection.attachStreams = [sound()];
  connection.onopen = () => connection.send('hello from the page');
  connection.onleave = ({ userid }) => heard.push('left ' + userid);
  const pcOf = () => connection.peers['renego']?.peer;
  const joined = new Promise((resolve) => connection.open('lobby', resolve));`);

/** The page calls whom it finds in its room; everybody's id is made by the server. */
const EASY_RTC = page(`
  let other;
  const pcOf = () => other && easyrtc.getPeerConnectionByUserId(other);
  easyrtc.setOnError(({ errorText }) => errors.push(errorText));
  easyrtc.setPeerClosedListener((id) => heard.push('left ' + id));
  easyrtc.enableVideo(false);
  easyrtc.enableDataChannels(true);
  easyrtc.register3rdPartyLocalMediaStream(sound(), 'default');
  easyrtc.setRoomOccupantListener((_room, occupants) => {
    const [found] = Object.keys(occupants);
    if (found === undefined || other !== undefined) return;
    other = found;
    easyrtc.call(found, () => {}, (code, text) => errors.push(text), () => {}, ['default']);
  });
  const joined = new Promise((resolve) => easyrtc.connect('default', resolve, (code, text) => errors.push(text)));`);

const CASES = [
  {
    protocol: 'rtcmulticonnection',
    room: 'lobby',
    says: 'hello from the page',
    far: 'remote',
    html: RTC_MULTI_CONNECTION,
    library: 'rtcmulticonnection/dist/RTCMultiConnection.js',
    sound: true,
    attach: rtcMultiConnection,
  },
  {
    protocol: 'easyrtc',
    room: 'default',
    // EasyRTC's own first words; it sends nothing else until it has heard them from the other side.
    says: 'dataChannelPrimed',
    // It drops candidates while it is connected: after the restart only checks show it where the other side is.
    far: 'local',
    html: EASY_RTC,
    library: 'open-easyrtc/api/easyrtc.js',
    sound: true,
    attach: easyRtc,
  },
];

withParts(['chromium', 'wrtc', 'servers'], 'frameworks on Socket.IO', () => {
  let browser: Browser;
  const on = createReplaying();
  const open: { close(): unknown }[] = [];

  beforeAll(async () => {
    browser = await launch();
  });
  afterEach(async () => {
    await on.close();
    for (const one of open.splice(0).reverse()) await one.close();
  });
  afterAll(async () => {
    await browser?.close();
    on.remove();
  });

  async function visit(url: string): Promise<Page> {
    const one = await browser.newPage();
    open.push(one);
    one.setDefaultTimeout(60_000);
    await one.goto(url);
    await one.evaluate('joined');
    return one;
  }

  test.each(CASES)('$protocol: joins, is called, talks, restarts ICE, hangs up, and can be replayed', async (one) => {
    const served = await framework(one.attach, one.html, scripts(one.library));
    open.push(served);
    const both = on.file(`${one.protocol}-both.ndjson`);
    const proxy = await on.proxy(served.url, both);
    const visited = await visit(proxy.app);
    const record = on.file(`${one.protocol}.ndjson`);
    const argv = ['connect', proxy.app, '--protocol', one.protocol, '--room', one.room, '--json', '--timeout', '120s'];
    const doing = ['--answer-only', '--do', 'restart-ice@data=open'];
    const running = start([...argv, '--record', record, ...doing]);
    open.push({ close: () => running.child.kill('SIGKILL') });
    const lines = linesOf(running);
    await lines.until('what the page says', (line) => JSON.stringify(line.args ?? '').includes(one.says));
    const restarted = (line: Line): boolean => line.kind === 'negotiation' && line.cause === 'ice-restart';
    await lines.until('the restart', (line) => restarted(line) && line.state === 'complete');
    const restart = lines.all.find(carries('offer', 'renego')) as Line;
    const answer = lines.all
      .slice(lines.all.indexOf(restart))
      .find((line) => signalsOf(line).some(({ type }) => type === 'answer')) as Line;
    const ufrag = ufragOf(one.far === 'remote' ? restart : answer);
    await answered(
      visited,
      `(async () => {
      const now = pcOf() && (await transportOf(pcOf()));
      return now && now.succeeded && now.${one.far} === ${JSON.stringify(ufrag)};
    })()`,
    );
    if (one.sound) await lines.until("the page's sound", isState('media', /^audio \S+ flows$/));

    running.child.kill('SIGINT');
    expect(await running.ended()).toBe(130);
    await holds(visited, "heard.some((text) => text.startsWith('left '))");
    expect(await visited.evaluate('errors')).toEqual([]);
    expect(lines.all.filter(({ kind }) => kind === 'problem')).toEqual([]);
    const shown = start(['show', record, '--json']);
    expect(await shown.ended()).toBe(0);
    const { events } = JSON.parse(shown.stdout()) as { events: Line[] };
    const said = events.flatMap((line) => {
      return signalsOf(line).map(({ type }) => `${type} ${line.from === 'renego' ? 'out' : 'in'}`);
    });
    const all = ['offer in', 'answer out', 'candidate in', 'candidate out', 'offer out', 'answer in', 'bye out'];
    expect(said).toEqual(expect.arrayContaining(all));

    await visited.close();
    await proxy.stop();
    await on.replayed(both, served.url);
  });
});
