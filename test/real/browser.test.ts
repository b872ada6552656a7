/** The program, the served page in a real Chromium, and a network that can hold a message back: all four at once. */
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type Relay, startRelay } from '../helpers/relay.ts';
import { carries, digest, isState, type Line, type Lines, linesOf, signalsOf, ufragOf } from './lines.ts';
import { answered, holds } from './page-wait.ts';
import { requirePart, withParts } from './parts.ts';
import { type Running, start } from './process.ts';

const isRound =
  (cause: string | RegExp, offerer: string) =>
  (line: Line): boolean =>
    line.kind === 'negotiation' &&
    line.state === 'complete' &&
    line.offerer === offerer &&
    (typeof cause === 'string' ? line.cause === cause : cause.test(String(line.cause)));
const says = (text: string | RegExp) => (line: Line) =>
  line.kind === 'call' &&
  line.name === 'message' &&
  (line.args as { text: string }).text.match(text)?.[0].length === (line.args as { text: string }).text.length;
const classes = (line: Line) => (line.changes as { class: string }[]).map((change) => change.class);

/** What the browser says of its own transport. */
interface Transport {
  readonly ufrag: string;
  readonly remoteUfrag: string;
  readonly described: string;
  readonly ports: string;
  /** On all pairs: the other side may send on another one than we do. */
  readonly received: number;
  readonly ice: string;
}

const TRANSPORT = `(async () => {
  const all = [...(await pc.getStats()).values()];
  const transport = all.find(({ type }) => type === 'transport');
  const pair = all.find(({ id }) => id === transport.selectedCandidatePairId);
  const port = (id) => all.find((one) => one.id === id)?.port;
  const ufrag = ({ sdp }) => /a=ice-ufrag:(\\S+)/.exec(sdp)[1];
  return {
    ufrag: transport.iceLocalUsernameFragment, described: ufrag(pc.localDescription),
    remoteUfrag: ufrag(pc.remoteDescription),
    ports: pair && pair.state === 'succeeded' ? port(pair.localCandidateId) + ' ' + port(pair.remoteCandidateId) : '',
    received: transport.bytesReceived, ice: pc.iceConnectionState,
  };
})()`;

withParts(['chromium', 'wrtc'], 'renego connect and a page in Chromium', () => {
  let browser: Browser;
  let server: Running;
  let url = '';
  let pageUrl = '';
  const open: { close(): unknown }[] = [];

  beforeAll(async () => {
    browser = await chromium.launch({
      executablePath: requirePart('chromium'),
      args: ['--no-sandbox', '--autoplay-policy=no-user-gesture-required'],
    });
    server = start(['serve', '--listen', '127.0.0.1:0', '--json']);
    [, url = ''] = await server.says(/signaling {2}(\S+)/);
    [, pageUrl = ''] = await server.says(/browsers {3}(\S+)/);
  });
  afterEach(async () => {
    for (const one of open.splice(0).reverse()) await one.close();
  });
  afterAll(async () => {
    server?.child.kill('SIGTERM');
    await browser?.close();
  });

  async function visit(query: string): Promise<Page> {
    const page = await browser.newPage({ bypassCSP: true });
    open.push(page);
    await page.goto(`${pageUrl}?name=web&${query}`);
    return page;
  }

  async function connect(room: string, ...flags: string[]): Promise<{ lines: Lines; running: Running; relay: Relay }> {
    const relay = await startRelay(url + room);
    open.push(relay);
    const running = start(['connect', relay.url, '--json', '--timeout', '120s', ...flags]);
    const lines = linesOf(running);
    open.push({ close: () => running.child.kill('SIGKILL') });
    return { lines, running, relay };
  }

  /** Text goes from either side to the other. */
  async function talk(page: Page, lines: Lines, word: string): Promise<void> {
    const from = lines.all.length;
    const heard = page.evaluate(`new Promise((resolve) => channel.addEventListener('message', function hear({ data }) {
      if (!/^renego heartbeat \\d+$/.test(data)) return;
      channel.removeEventListener('message', hear);
      resolve(data);
    }))`);
    await page.evaluate(`channel.send(${JSON.stringify(word)})`);
    await lines.until(`'${word}' of the page`, says(word), from);
    expect(await heard).toMatch(/^renego heartbeat \d+$/);
  }

  const transportOf = (page: Page) => page.evaluate(TRANSPORT) as Promise<Transport>;

  /** The browser uses other credentials than before, and bytes go on arriving. The ports may happen to be the same. */
  async function restarted(page: Page, before: Transport): Promise<Transport> {
    await answered(
      page,
      `(async () => {
      const now = await ${TRANSPORT};
      return now.ports !== '' && now.received > ${before.received}
        && now.ufrag !== ${JSON.stringify(before.ufrag)} && pc.signalingState === 'stable';
    })()`,
    );
    const now = await transportOf(page);
    expect(now.ice).toMatch(/^(connected|completed)$/);
    expect(now.ufrag).toBe(now.described);
    expect(now.remoteUfrag).not.toBe(before.remoteUfrag);
    return now;
  }

  test.each([
    ['the page calls and is polite', 'pagecalls', 'auto=call&polite=1', ['--impolite']],
    ['renego calls and is polite', 'renegocalls', 'polite=0', ['--call', '--polite']],
  ])('%s: text, video, ICE restarts of both, crossing offers', async (_title, room, query, flags) => {
    const politeIsRenego = flags.includes('--polite');
    const first = politeIsRenego ? await visit(`room=${room}&${query}`) : undefined;
    const doing = ['--do', 'restart-ice@answer#2', '--do', 'restart-ice@answer#4'];
    const { lines, running, relay } = await connect(room, ...flags, ...doing, '--exit-when', 'closed');
    await lines.until('an open link', (line) => line.kind === 'link' && line.change === 'open');
    const page = first ?? (await visit(`room=${room}&${query}`));
    const caller = politeIsRenego ? 'renego' : 'web';

    await lines.until('the first round', isRound('first', caller));
    await lines.until('a connection', isState('connection', 'connected'));
    await lines.until("the page's greeting", says('hello from web'));
    await holds(page, "document.getElementById('log').textContent.includes('data: hello from renego')");
    await lines.until("the page's sound", isState('media', /^audio \S+ flows$/));
    await answered(
      page,
      `(async () => [...(await pc.getStats()).values()]
      .some(({ type, kind, bytesReceived }) => type === 'inbound-rtp' && kind === 'audio' && bytesReceived > 0))()`,
    );
    await answered(page, `(async () => (await ${TRANSPORT}).ports !== '')()`);
    const begun = await transportOf(page);

    const restart = relay.hold('up', /"video-offer"/);
    await page.click('#video');
    const added = await lines.until('the round with video', isRound('renegotiation', 'web'));
    expect(classes(added)).toContain('section-added');
    await lines.until("the page's picture", isState('media', /^video \S+ flows$/));

    await restart.caught;
    expect(await transportOf(page)).toMatchObject({ ufrag: begun.ufrag });
    restart.release();
    const ours = await lines.until("renego's ICE restart", isRound('ice-restart', 'renego'));
    expect(classes(ours)).toContain('ice-restart');
    const afterOurs = await restarted(page, begun);
    const offer = lines.all.find((line) => line.seq === ours.offer) as Line;
    expect(ufragOf(offer)).toBe(afterOurs.remoteUfrag);
    await talk(page, lines, 'after the restart of renego');

    const glare = relay.hold('up', /"video-offer"/);
    await page.click('#restart');
    const theirs = await lines.until("the page's ICE restart", isRound('ice-restart', 'web'));
    expect(classes(theirs)).toContain('ice-restart');
    await glare.caught;
    const between = await restarted(page, afterOurs);

    const crossed = lines.all.length;
    await page.click('#audio');
    const crossing = await lines.until('the crossing offer', carries('offer', 'web'), crossed);
    const earlier = lines.all
      .slice(0, lines.all.indexOf(crossing))
      .filter((line) => signalsOf(line).some(isDescribing));
    expect(earlier.at(-1), digest(lines.all)).toMatchObject({ from: 'renego', signals: [{ type: 'offer' }] });
    if (politeIsRenego) await lines.until('a rollback', (line) => line.kind === 'apply' && line.type === 'rollback');
    else await lines.until('OFFER_IGNORED', (line) => line.kind === 'problem' && line.code === 'OFFER_IGNORED');
    glare.release();

    const winner = politeIsRenego ? 'web' : 'renego';
    const loser = politeIsRenego ? 'renego' : 'web';
    const won = await lines.until('the round that won', isRound(/./, winner), crossed);
    const again = await lines.until('the offer that lost, again', isRound(/./, loser), lines.all.indexOf(won) + 1);
    expect(classes(politeIsRenego ? won : again)).toContain('section-added');
    expect(classes(politeIsRenego ? again : won)).toContain('ice-restart');
    const rounds = lines.all.slice(crossed).filter(({ kind }) => kind === 'negotiation');
    expect(rounds.map(({ cause }) => cause)).toContain('glare');
    expect(rounds.filter(({ state }) => state === 'rolled-back')).toMatchObject([{ offerer: loser }]);
    await restarted(page, between);
    await talk(page, lines, 'after the glare');
    expect(await page.evaluate('errors')).toEqual([]);
    expect(lines.all.filter(({ kind, severity }) => kind === 'finding' && severity !== 'info')).toEqual([]);
    expect(lines.all.filter((line) => line.kind === 'apply' && line.ok !== true)).toEqual([]);

    await page.click('#hangup');
    expect(await running.ended(), running.stderr()).toBe(0);
  });

  test.each([
    ['says goodbye', ''],
    ['vanishes', 'socket.send = () => {}'],
  ])('a page that %s when it is reloaded can call again', async (_title, before) => {
    const room = `reload${before.length}`;
    const { lines } = await connect(room);
    await lines.until('an open link', (line) => line.kind === 'link' && line.change === 'open');
    const page = await visit(`room=${room}&auto=call`);
    await lines.until('a connection', isState('connection', 'connected'));
    if (before) await page.evaluate(before);
    const from = lines.all.length;
    await page.reload();
    await lines.until('another connection', isState('connection', 'connected'), from);
    await lines.until("the page's greeting", says('hello from web'), from);
    await holds(page, "document.getElementById('log').textContent.includes('data: hello from renego')");
    expect(lines.all.filter((line) => line.kind === 'problem' || line.ok === false)).toEqual([]);
  });
});

const isDescribing = ({ type }: { readonly type: string }): boolean => type === 'offer' || type === 'answer';
