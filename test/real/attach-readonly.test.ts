/** `renego attach` changes nothing in a real Chromium before an action is pressed: neither what a page does, nor what a server gets. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { type Listening, startChromium } from './chromium.ts';
import { isBrowser, isState, type Lines, linesOf } from './lines.ts';
import { holds } from './page-wait.ts';
import { withParts } from './parts.ts';
import { start } from './process.ts';

/** A call between two connections, a request and a socket; and everything that comes of it, as far as it is the same each time. */
const PAGE = `<!doctype html><title>facts</title><script>
var done = false, counts = {}, asked = 0;
var count = (name) => { counts[name] = (counts[name] || 0) + 1; };
var native = RTCPeerConnection.prototype.getStats;
RTCPeerConnection.prototype.getStats = function (...args) { asked += 1; return native.apply(this, args); };
(async () => {
  const socket = new WebSocket('ws://' + location.host + '/socket');
  await new Promise((resolve) => { socket.onopen = resolve; });
  socket.send('hello');
  await fetch('/request', { method: 'POST', body: 'body' });
  const [a, b] = [new RTCPeerConnection(), new RTCPeerConnection()];
  const all = ['negotiationneeded', 'signalingstatechange', 'icegatheringstatechange', 'datachannel', 'track'];
  for (const [name, pc] of [['a', a], ['b', b]]) for (const event of all) pc.addEventListener(event, () => count(name + ' ' + event));
  a.onicecandidate = ({ candidate }) => b.addIceCandidate(candidate);
  b.onicecandidate = ({ candidate }) => a.addIceCandidate(candidate);
  const channel = a.createDataChannel('chat');
  a.addTransceiver('audio');
  await a.setLocalDescription();
  await b.setRemoteDescription(a.localDescription);
  await b.setLocalDescription();
  await a.setRemoteDescription(b.localDescription);
  await new Promise((resolve) => { channel.onopen = resolve; });
  const settled = (pc) => pc.iceGatheringState === 'complete' && pc.connectionState === 'connected';
  while (!settled(a) || !settled(b)) await new Promise((resolve) => setTimeout(resolve, 50));
  // Long enough for whoever asks again and again.
  await new Promise((resolve) => setTimeout(resolve, 1500));
  const lines = (description) => description.sdp.replace(/^(?:o=|a=ice-|a=fingerprint|a=candidate|a=msid|a=ssrc|a=end-of|[mc]=).*\\r\\n/gm, '');
  facts = {
    counts, asked, senders: a.getSenders().length, configuration: JSON.stringify(a.getConfiguration()),
    states: [a, b].flatMap((pc) => [pc.signalingState, pc.connectionState, pc.iceGatheringState]),
    descriptions: [a, b].map((pc) => lines(pc.localDescription)),
    // How many there are depends on how soon a pair is found.
    candidates: [a, b].map((pc) => [...new Set(pc.localDescription.sdp.match(/ typ [a-z]+/g))]),
    types: [...new Set([...(await native.call(a)).values()].map(({ type }) => type))].sort(),
    names: Object.keys(window).sort(), resources: performance.getEntriesByType('resource').length,
    stored: [document.cookie, localStorage.length, document.visibilityState, document.documentElement.outerHTML.length],
  };
  done = true;
})();
</script>`;

interface Server {
  readonly url: string;
  /** Requests with their headers, and what came on sockets. */
  readonly got: string[];
  close(): Promise<void>;
}

async function serve(): Promise<Server> {
  const got: string[] = [];
  const note = (method: string | undefined, url: string | undefined, headers: object) => {
    const lines = Object.entries(headers).map(([name, value]) =>
      /websocket-key/.test(name) ? name : `${name}: ${value}`,
    );
    got.push([`${method} ${url}`, ...lines].join('\n'));
  };
  const server = createServer((request, response) => {
    note(request.method, request.url, request.headers);
    response.setHeader('content-type', 'text/html');
    response.end(request.url === '/' ? PAGE : '');
  });
  new WebSocketServer({ server }).on('connection', (socket, { url, headers }) => {
    note('UPGRADE', url, headers);
    socket.on('message', (data) => got.push(String(data)));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    got,
    async close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

interface Command {
  readonly method: string;
  readonly params?: { readonly expression?: string };
}

/** Between renego and the browser: what it asks of that. */
async function listenBetween(endpoint: string) {
  const version = (await (await fetch(`http://${endpoint}/json/version`)).json()) as { webSocketDebuggerUrl: string };
  const commands: Command[] = [];
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  await once(server, 'listening');
  server.on('connection', async (client) => {
    const browser = new WebSocket(version.webSocketDebuggerUrl, { perMessageDeflate: false });
    const early: string[] = [];
    client.on('message', (data) => {
      commands.push(JSON.parse(String(data)) as Command);
      if (browser.readyState === WebSocket.OPEN) browser.send(String(data));
      else early.push(String(data));
    });
    client.on('close', () => browser.terminate());
    browser.on('open', () => {
      for (const text of early) browser.send(text);
    });
    browser.on('message', (data) => client.send(String(data)));
  });
  const { port } = server.address() as AddressInfo;
  return { commands, url: `ws://127.0.0.1:${port}/devtools/browser/x`, close: () => server.close() };
}

/** Tell what goes on, or put the script in before a page's own. */
const HARMLESS = [
  ...['Target.setAutoAttach', 'Network.enable', 'Page.enable', 'Runtime.enable', 'Inspector.enable'],
  ...['Runtime.addBinding', 'Page.addScriptToEvaluateOnNewDocument', 'Runtime.runIfWaitingForDebugger'],
  ...['Network.getResponseBody', 'Network.getRequestPostData', 'Runtime.queryObjects', 'Runtime.callFunctionOn'],
  ...['Runtime.releaseObjectGroup', 'Runtime.evaluate'],
];

withParts(['chromium'], 'renego attach and what it changes', () => {
  let chromium: Listening;
  let server: Server;
  const open: { close(): unknown }[] = [];

  beforeAll(async () => {
    [chromium, server] = await Promise.all([startChromium(), serve()]);
  });
  afterEach(async () => {
    for (const one of open.splice(0).reverse()) await one.close();
  });
  afterAll(async () => {
    await chromium?.close();
    await server?.close();
  });

  async function attach(...flags: string[]): Promise<{ lines: Lines; commands: Command[] }> {
    const between = await listenBetween(chromium.endpoint);
    const running = start(['attach', between.url, '--json', '--timeout', '150s', ...flags]);
    const lines = linesOf(running);
    open.push({
      async close() {
        running.child.kill('SIGTERM');
        await running.ended();
        between.close();
      },
    });
    await lines.until('the browser', isBrowser);
    return { lines, commands: between.commands };
  }

  /** What the page comes to, and what the server gets. */
  async function look(): Promise<unknown> {
    const page = await chromium.context.newPage();
    server.got.length = 0;
    await page.goto(server.url);
    await holds(page, 'done');
    const facts = await page.evaluate('facts');
    const got = server.got.filter((one) => !one.includes('favicon')).toSorted();
    await page.close();
    return { facts, got };
  }

  test('a page does, gets and sends the same with it and without it', async () => {
    await look();
    const alone = await look();
    const { lines, commands } = await attach();
    expect(await look()).toEqual(alone);
    await lines.until('all of it', isState('data', 'open'));
    expect(commands.map(({ method }) => method).filter((method) => !HARMLESS.includes(method))).toEqual([]);
    const evaluated = commands.flatMap(({ method, params }) =>
      method === 'Runtime.evaluate' ? [params?.expression] : [],
    );
    expect(new Set(evaluated)).toEqual(
      evaluated.length === 0 ? new Set() : new Set(['globalThis.RTCPeerConnection?.prototype']),
    );
    expect(lines.all.filter(({ name }) => name === 'getStats')).toEqual([]);
  });

  test('an action is one call, when it is asked for', async () => {
    const { lines, commands } = await attach('--do', 'stats:pc1@open');
    await look();
    await lines.until('the statistics', (line) => line.name === 'getStats');
    const acted = commands.filter(({ params }) => /\.act\(/.test(params?.expression ?? ''));
    expect(acted.map(({ params }) => /\.act\((\d+, "\w+")/.exec(params?.expression ?? '')?.[1])).toEqual([
      '1, "getStats"',
    ]);
  });
});
