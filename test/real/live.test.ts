/** The program in a signaling server's hands: servers that die, lie, repeat and refuse, and a peer that sends nonsense. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createServer as createHttps } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type WebSocket, WebSocketServer } from 'ws';
import { emptyModel, reduce } from '../../src/core/reduce.ts';
import { wrtc } from '../../src/engines/wrtc.ts';
import { decodeSession } from '../../src/session/decode.ts';
import { createPeer } from '../../src/sources/peer.ts';
import { runSource, sent, type Running as Watched } from '../helpers/run-source.ts';
import { carries, digest, isLink, isState, type Line, linesOf } from './lines.ts';
import { withParts } from './parts.ts';
import { type Running, start } from './process.ts';

let folder: string;
const running: Running[] = [];
const servers: WebSocketServer[] = [];
const sources: Watched[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'renego-'));
});

afterEach(async () => {
  for (const one of running.splice(0).reverse()) {
    one.child.kill('SIGKILL');
    await one.ended();
  }
  for (const source of sources.splice(0)) await source.stop();
  for (const server of servers.splice(0)) {
    for (const client of server.clients) client.terminate();
    server.close();
  }
  rmSync(folder, { recursive: true });
});

function run(argv: readonly string[], nodeFlags: readonly string[] = []): Running {
  const one = start(argv, nodeFlags);
  running.push(one);
  return one;
}

async function serve(port = '0', ...flags: string[]): Promise<{ server: Running; url: string; port: string }> {
  const server = run(['serve', '--listen', `127.0.0.1:${port}`, '--json', ...flags]);
  const [, url = '', taken = ''] = await server.says(/signaling {2}(\S+:(\d+)\/)/);
  return { server, url, port: taken };
}

/** A server of MDN's dialect as a script; `behave` gets every message of the one client after it is in. */
async function scripted(behave: (message: Record<string, unknown>, socket: WebSocket) => void): Promise<string> {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1', handleProtocols: () => 'json' });
  servers.push(server);
  await new Promise((resolve) => server.once('listening', resolve));
  server.on('connection', (socket) => {
    socket.send('{"type":"id","id":7}');
    socket.on('message', (data) => behave(JSON.parse(String(data)) as Record<string, unknown>, socket));
  });
  return `ws://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

const comesBack = (type: string) => (line: Line) =>
  line.kind === 'message' && JSON.stringify(line.signals).includes(`${type} (own, echoed)`);
const say = (socket: WebSocket, message: object): void => socket.send(JSON.stringify(message));
const isProblem = (code: string) => (line: Line) => line.kind === 'problem' && line.code === code;
const rounds = (lines: readonly Line[]) => lines.filter(({ kind }) => kind === 'negotiation');

withParts(['wrtc'], 'a recorded call', () => {
  test('killed in the middle is read back with everything that was shown, and gives the same states', async () => {
    const { url } = await serve('0', '--echo');
    const path = join(folder, 'call.ndjson');
    const doing = ['--do', 'restart-ice@connected', '--do', 'add-video@answer#2', '--do', 'restart-ice@answer#3'];
    const renego = run(['connect', url, '--json', '--call', '--record', path, ...doing]);
    const lines = linesOf(renego);
    await lines.until(
      'an offer that restarts ICE after video',
      (line) => line.seq !== undefined && offers(lines.all) === 4,
    );
    renego.child.kill('SIGKILL');
    expect(await renego.ended()).toBe('SIGKILL');
    const { events, end, problems } = decodeSession(readFileSync(path, 'utf8'));
    const shown = lines.all.filter(({ seq }) => seq !== undefined).map(({ schema: _, ...event }) => event);
    expect(events.slice(0, shown.length)).toEqual(shown);
    expect(events.length - shown.length).toBeLessThan(20);
    expect({ end, problems }).toEqual({ end: undefined, problems: [] });
    const kinds = new Set(events.map(({ kind }) => kind));
    expect([...kinds].sort()).toEqual(['action', 'apply', 'call', 'link', 'mark', 'message', 'state']);
    const shows = run(['show', path, '--json']);
    expect(await shows.ended()).toBe(0);
    const report = JSON.parse(shows.stdout()) as { negotiations: Line[] };
    const told = rounds(lines.all).map(({ schema: _, kind: __, ...round }) => round);
    expect(report.negotiations.slice(0, told.length)).toMatchObject(
      told.map(({ cause, changes }) => ({ cause, changes })),
    );
    const model = emptyModel();
    for (const event of events) reduce(model, event);
    expect(model.current.get('echo+renego')?.sides.get('renego')?.actual).toMatchObject({ connection: 'connected' });
  });
});

const offers = (lines: readonly Line[]): number => lines.filter(carries('offer', 'renego')).length;

withParts(['wrtc'], 'a signaling server that goes away', () => {
  test('comes back: retries with growing delays, the call survives, and an ICE restart is answered', async () => {
    const { server, url, port } = await serve();
    const ann = runSource(createPeer({ url, as: 'ann', engine: wrtc }));
    sources.push(ann);
    await ann.until(sent('notify', 'server'));
    const bob = run(['connect', url, '--as', 'bob', '--json', '--to', 'ann', '--do', 'restart-ice@answer#2']);
    const lines = linesOf(bob);
    await lines.until('a connection', isState('connection', 'connected'));
    server.child.kill('SIGKILL');
    const closed = await lines.until('the loss', isLink('close'));
    expect(closed).toMatchObject({ code: 1006 });
    const from = lines.all.indexOf(closed);
    const retries = () => lines.all.slice(from).filter(isLink('retry'));
    await lines.until('a third retry', () => retries().length >= 3);
    const delays = retries().map(({ delay }) => Number(delay));
    for (const [attempt, delay] of delays.entries()) {
      expect(delay).toBeGreaterThanOrEqual(125 * 2 ** attempt);
      expect(delay).toBeLessThanOrEqual(250 * 2 ** attempt);
    }
    await lines.until('the reason', (line) => isLink('error')(line) && /ECONNREFUSED/.test(String(line.reason)), from);

    const lost = ann.drafts.length;
    await serve(port);
    await lines.until('the link', isLink('open'), from);
    await ann.until((draft) => draft.kind === 'message' && draft.raw.includes('"bob"'), lost);
    ann.source.dispatch({ do: 'restart-ice' });
    const isRestart = (by: string) => (line: Line) =>
      line.kind === 'negotiation' && line.offerer === by && line.cause === 'ice-restart' && line.state === 'complete';
    await lines.until("ann's ICE restart", isRestart('ann'), from);
    await lines.until("bob's ICE restart", isRestart('bob'), from);
    expect(lines.all.filter(isState('connection', /closed|failed|disconnected/))).toEqual([]);
    expect(
      lines.all.filter((line) => line.kind === 'problem' || line.ok === false),
      digest(lines.all),
    ).toEqual([]);
    bob.child.kill('SIGTERM');
    expect(await bob.ended()).toBe(143);
  });

  test('ends the session with --no-reconnect', async () => {
    const { server, url } = await serve();
    const renego = run(['connect', url, '--json', '--no-reconnect']);
    await renego.says(/userlist/);
    server.child.kill('SIGKILL');
    expect(await renego.ended()).toBe(0);
    expect(renego.stdout()).toMatch(/"change":"close","code":1006.*\n$/);
  });
});

withParts(['wrtc'], 'a signaling server of the mdn dialect', () => {
  test('that sends everything to everyone, the sender included, confuses nobody', async () => {
    const relayed: { socket: WebSocket; name: string }[] = [];
    const url = await scripted((message, socket) => {
      if (message.type === 'username') {
        relayed.push({ socket, name: String(message.name) });
        const users = relayed.map(({ name }) => name);
        for (const one of relayed) say(one.socket, { type: 'userlist', users });
      } else for (const one of relayed) say(one.socket, message);
    });
    const ann = linesOf(run(['connect', url, '--as', 'ann', '--json']));
    await ann.until('ann in the room', carries('notify', 'server'));
    const bob = run(['connect', url, '--as', 'bob', '--to', 'ann', '--json', '--do', 'restart-ice@connected']);
    const lines = linesOf(bob);
    const restarted = (line: Line) => line.kind === 'negotiation' && line.cause === 'ice-restart';
    await lines.until('the restart', restarted);
    await ann.until('the restart at ann', restarted);
    // What comes back to its own sender comes last, and must change nothing.
    await lines.until('both own offers back', () => lines.all.filter(comesBack('video-offer')).length === 2);
    await ann.until('both own answers back', () => ann.all.filter(comesBack('video-answer')).length === 2);
    for (const { all } of [lines, ann]) {
      expect(rounds(all).map(({ cause, state }) => `${cause} ${state}`)).toEqual([
        'first complete',
        'ice-restart complete',
      ]);
      expect(all.filter((line) => line.kind === 'problem' || line.ok === false)).toEqual([]);
      expect(all.filter(({ kind, severity }) => kind === 'finding' && severity === 'error')).toEqual([]);
    }
  });

  test('that gives us another name: told, and used from then on', async () => {
    const sent: Record<string, unknown>[] = [];
    const url = await scripted((message, socket) => {
      sent.push(message);
      if (message.type !== 'username') return;
      say(socket, { type: 'rejectusername', id: 7, name: 'renego1' });
      say(socket, { type: 'userlist', users: ['renego', 'renego1'] });
    });
    const lines = linesOf(run(['connect', url, '--call', '--json']));
    const problem = await lines.until('the problem', isProblem('NAME_TAKEN'));
    expect(problem.detail).toBe('the name "renego" is taken; the server calls us "renego1"');
    await lines.until('an offer', carries('offer', 'renego1'));
    expect(sent[0]).toMatchObject({ type: 'username', id: 7, name: 'renego' });
    expect(sent[1]).toMatchObject({ type: 'video-offer', name: 'renego1', target: 'renego' });
  });

  test.each([
    ['offer', 'video-offer', 'not SDP at all', 'OperationError', 'Failed to parse SessionDescription. Expect line: v='],
    ['answer', 'video-answer', 'v=0\r\no=- 1 1 IN IP4 0\r\ns=-\r\nt=0 0\r\n', 'InvalidAccessError', /order of m-lines/],
  ])(
    'whose peer sends a broken %s: the rejection is told with its name and text, and all goes on',
    async (type, message, sdp, name, text) => {
      let peer: WebSocket | undefined;
      const url = await scripted((heard, socket) => {
        if (heard.type === 'username') {
          say(socket, { type: 'userlist', users: ['renego', 'mallory'] });
          if (type === 'offer') say(socket, { type: message, name: 'mallory', target: 'renego', sdp: { type, sdp } });
        }
        if (heard.type === 'video-offer')
          say(socket, { type: message, name: 'mallory', target: 'renego', sdp: { type, sdp } });
        peer = socket;
      });
      const flags = type === 'offer' ? ['--answer-only'] : ['--call'];
      const renego = run(['connect', url, '--json', ...flags]);
      const lines = linesOf(renego);
      const failed = await lines.until('the failure', (line) => line.kind === 'apply' && line.ok === false);
      expect(failed).toMatchObject({ op: 'remote', type });
      const error = failed.error as { name: string; message: string };
      expect(error.name).toMatch(name);
      expect(error.message).toMatch(text);
      expect(lines.all.find(({ seq }) => seq === failed.of)).toMatchObject({ kind: 'message', from: 'mallory' });
      if (type === 'answer') await lines.until('the way back', isProblem('ANSWER_REFUSED'));
      if (peer) say(peer, { type: 'still', here: true });
      await lines.until('what comes after', (line) => line.kind === 'message' && String(line.raw).includes('still'));
      renego.child.kill('SIGINT');
      expect(await renego.ended()).toBe(130);
      expect(renego.stderr()).toBe('');
    },
  );
});

describe('what cannot be', () => {
  test.each([
    [
      'an address that is none',
      ['connect', 'nonsense'],
      2,
      /'nonsense' is not an address \[CONNECT_URL\]\n {2}An address looks/,
    ],
    [
      'a web address',
      ['connect', 'http://127.0.0.1/'],
      2,
      /\[CONNECT_URL\]\n {2}Did you mean ws:\/\/127\.0\.0\.1\/ \?/,
    ],
    [
      'an unknown protocol',
      ['connect', 'ws://127.0.0.1:1/', '--protocol', 'xmpp'],
      2,
      /'xmpp' \[UNKNOWN_PROTOCOL\]\n {2}renego protocols lists all/,
    ],
    [
      'an unknown engine',
      ['connect', 'ws://127.0.0.1:1/', '--engine', 'quantum'],
      2,
      /'quantum' \[UNKNOWN_ENGINE\]\n {2}There are wrtc/,
    ],
    [
      'a port where nobody listens',
      ['connect', 'ws://127.0.0.1:1/'],
      3,
      /nobody listens at ws:\/\/127\.0\.0\.1:1\/ \[CONNECT_REFUSED\]\n {2}Is the server/,
    ],
    [
      'a file that is not there',
      ['show', '/nowhere/session'],
      4,
      /cannot read \/nowhere\/session: there is no such file \[UNREADABLE\]\n {2}Check/,
    ],
    ['a folder', ['show', tmpdir()], 4, /it is a folder \[UNREADABLE\]\n {2}Name a file/],
  ] as const)('%s', async (_title, argv, code, message) => {
    const one = run(argv);
    expect(await one.ended()).toBe(code);
    expect(one.stderr()).toMatch(message);
    expect(
      one
        .stdout()
        .split('\n')
        .filter((line) => line.includes('"change":"open"')),
    ).toEqual([]);
  });

  test.each([
    [200, /answered with HTTP 200 instead of a WebSocket \[CONNECT_HTTP\]\n {2}Check that the address/],
    [404, /answered with HTTP 404 instead of a WebSocket \[CONNECT_HTTP\]\n {2}Check the path/],
  ])('a web server that answers %i', async (status, message) => {
    const server = createServer((_request, response) => response.writeHead(status).end('hello'));
    server.on('upgrade', (_request, socket) => socket.end(`HTTP/1.1 ${status} X\r\nContent-Length: 0\r\n\r\n`));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const one = run(['connect', `ws://127.0.0.1:${(server.address() as AddressInfo).port}/`]);
    expect(await one.ended()).toBe(3);
    server.close();
    expect(one.stderr()).toMatch(message);
  });

  /** A server with a certificate nobody vouches for. */
  async function selfSigned(): Promise<number> {
    const file = (name: string) => readFileSync(new URL(`../fixtures/tls/${name}.pem`, import.meta.url));
    const https = createHttps({ key: file('key'), cert: file('certificate') });
    const sockets = new WebSocketServer({ server: https, handleProtocols: () => 'json' });
    sockets.on('connection', (socket) => socket.send('{"type":"id","id":1}'));
    servers.push(sockets);
    await new Promise<void>((resolve) => https.listen(0, '127.0.0.1', resolve));
    sockets.once('close', () => https.close());
    return (https.address() as AddressInfo).port;
  }

  test('a certificate nobody vouches for, unless --insecure is given', async () => {
    const url = `wss://127.0.0.1:${await selfSigned()}/`;
    const refused = run(['connect', url, '--json']);
    expect(await refused.ended()).toBe(3);
    expect(refused.stderr()).toMatch(/TLS connection to \S+ failed: .*self.signed.* \[CONNECT_TLS\]\n {2}.*--insecure/);
    const accepted = run(['connect', url, '--json', '--insecure']);
    await linesOf(accepted).until('the link', isLink('open'));
  });

  test('TLS where there is none, and none where there is', async () => {
    const port = await selfSigned();
    const plain = run(['connect', `ws://127.0.0.1:${port}/`]);
    expect(await plain.ended()).toBe(3);
    expect(plain.stderr()).toMatch(/\[CONNECT_\w+\]\n {2}.* or TLS: then use wss:\/\//);
    const { url } = await serve();
    const secure = run(['connect', url.replace('ws:', 'wss:')]);
    expect(await secure.ended()).toBe(3);
    expect(secure.stderr()).toMatch(/\[CONNECT_\w+\]\n {2}.* not speak TLS.* ws:\/\//);
  });

  test('an engine that cannot be loaded; everything else works', async () => {
    const hooks = `export async function resolve(what, context, next) {
      if (what === '@roamhq/wrtc') throw new Error('no binary for this platform');
      return next(what, context);
    }`;
    writeFileSync(join(folder, 'hooks.mjs'), hooks);
    const install = `import { register } from 'node:module'; register('./hooks.mjs', import.meta.url);`;
    writeFileSync(join(folder, 'install.mjs'), install);
    const flags = ['--import', pathToFileURL(join(folder, 'install.mjs')).href];
    const one = run(['connect', 'ws://127.0.0.1:1/'], flags);
    expect(await one.ended()).toBe(3);
    expect(one.stderr()).toMatch(
      /\(@roamhq\/wrtc\) cannot be loaded on \S+: no binary.* \[ENGINE_UNAVAILABLE\]\n {2}Its binary exists/,
    );
    const served = run(['serve', '--listen', '127.0.0.1:0', '--timeout', '10ms'], flags);
    expect(await served.ended()).toBe(0);
  });
});
