import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { deferred } from '../../src/sources/deferred.ts';
import { broken, VERDICT } from '../helpers/contract.ts';
import { readJunit } from '../helpers/junit.ts';
import { renego } from './run.ts';
import { selfPlay, serving } from './self-play.ts';

const MDN = fileURLToPath(new URL('../fixtures/ws/mdn-av.ndjson', import.meta.url));
const ECHO = fileURLToPath(new URL('../fixtures/frames/janus-echotest.ndjson', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'renego-replay-'));
const servers: WebSocketServer[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Message = Record<string, unknown> & { type: string; target?: string; sdp?: { sdp: string } };

/** A server of the MDN dialect that gives out its own ids; `change` may alter what it passes on, or swallow it. */
function mdnServer(change: (message: Message) => Message | undefined = (message) => message): Promise<string> {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  servers.push(server);
  const names = new Map<WebSocket, string>();
  const ids = new Map<number, WebSocket>();
  const listUsers = () => {
    for (const one of names.keys()) one.send(JSON.stringify({ type: 'userlist', users: [...names.values()] }));
  };
  server.on('connection', (socket) => {
    socket.on('close', () => {
      names.delete(socket);
      listUsers();
    });
    const id = 1_000_000 + ids.size;
    ids.set(id, socket);
    socket.send(JSON.stringify({ type: 'id', id }));
    socket.on('message', (data: Buffer) => {
      const message = JSON.parse(data.toString()) as Message;
      if (message.type === 'username') {
        if (ids.get(Number(message.id)) !== socket)
          throw new Error(`the id ${String(message.id)} is not the one given`);
        names.set(socket, String(message.name));
        listUsers();
        return;
      }
      const passed = change(message);
      for (const [one, name] of names) {
        if (passed !== undefined && (message.target == null || name === message.target))
          one.send(JSON.stringify(passed));
      }
    });
  });
  return new Promise((resolve) =>
    server.on('listening', () => resolve(`ws://127.0.0.1:${(server.address() as AddressInfo).port}/`)),
  );
}

const replay = (url: string, ...more: string[]) =>
  renego(['replay', MDN, '--to', url, '--speed', 'max', '--patience', '1500ms', ...more]);

describe('replay --to', () => {
  test('plays both clients of a recording to a server, with the ids it gives out now', async () => {
    const { code, stdout, stderr } = await replay(await mdnServer());
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^= +\d+ {2}offer #1 of \w+ · audio, video +\d+ {2}offer #1 of \w+ · audio, video$/m);
    expect(stdout).toMatch(/The same as .*: \d+ descriptions\.\n$/);
  });

  test('prints the verdict as JSON, and writes it as JUnit', async () => {
    const path = join(folder, 'verdict.xml');
    const { code, stdout } = await replay(await mdnServer(), '--json', '--junit', path);
    expect(code).toBe(0);
    const [last = ''] = stdout.trimEnd().split('\n').slice(-1);
    expect(broken(last, VERDICT)).toEqual([]);
    expect(JSON.parse(last)).toMatchObject({ schema: 1, kind: 'verdict', equal: true, differences: [], reports: [] });
    expect(readJunit(readFileSync(path, 'utf8')).attributes).toMatchObject({ name: 'renego replay', failures: '0' });
  });

  test.each([
    [
      'reorders m-lines',
      (message: Message) => edited(message, 'video-answer', swapped),
      /The answer of \w+ \(event \d+ of the recording\) arrives changed: .*m-line/,
    ],
    [
      'changes extmap ids',
      (message: Message) => edited(message, 'video-answer', (sdp) => sdp.replace(/a=extmap:3 /g, 'a=extmap:13 ')),
      /The answer of \w+ \(event \d+ of the recording\) arrives changed: Changes header extension \S+ 3 → 13 \(in 2 sections\)\./,
    ],
    [
      'swallows a candidate',
      once((message) => message.type === 'new-ice-candidate'),
      /The candidate 'candidate:[^']+' of \w+ \(event \d+ of the recording\) did not come\./,
    ],
    [
      'swallows an answer',
      once((message) => message.type === 'video-answer'),
      /The answer of \w+ \(event \d+ of the recording\) did not come\./,
    ],
  ])('turns red where the server %s', async (_title, change, sentence) => {
    const { code, stdout } = await replay(await mdnServer(change));
    expect(code).toBe(1);
    expect(stdout.replace(/\n +/g, ' ')).toMatch(sentence);
    expect(stdout).toMatch(/Not the same as .*: \d+ differences?\.\n$/);
  });

  test('turns red where the server answers the ICE restart with its old credentials', async () => {
    const path = join(folder, 'old-credentials.ndjson');
    writeFileSync(path, withOldCredentials(readFileSync(ECHO, 'utf8')));
    const { url, outcome } = await serving(path);
    const { code, stdout } = await renego(['replay', ECHO, '--to', url, '--speed', 'max']);
    expect(code).toBe(1);
    expect(stdout.replace(/\n +/g, ' ')).toMatch(
      /answer #3 of echotest restarts ICE in the recording, but not now\. New error ice-restart-ignored: a's offer restarts ICE, but echotest's answer keeps its old user fragment '\w+'/,
    );
    expect(stdout).toMatch(/Not the same as .*: 2 differences\.\n$/);
    await outcome;
  });

  test.each([
    [[], /REPLAY_TARGET/],
    [['--to', 'ws://127.0.0.1:1/', '--listen', '0'], /REPLAY_TARGET/],
    [['--to', 'ws://127.0.0.1:1/', '--side', 'nobody'], /There are \w+, \w+\./],
    [['--to', 'ws://127.0.0.1:1/', '--speed', 'fast'], /BAD_SPEED/],
    [['--live', '--listen', '127.0.0.1:0'], /--listen does not go with --live \[NOT_WITH_LIVE\]/],
    [['--live', '--expect', MDN], /--expect does not go with --live/],
    [['--live', '--speed', 'max'], /--speed does not go with --live/],
  ])('%j is wrong use', async (args, said) => {
    const { code, stderr } = await renego(['replay', MDN, ...args]);
    expect(code).toBe(2);
    expect(stderr).toMatch(said);
  });

  test.each([
    ['itself', []],
    ['another', ['--expect', MDN]],
  ])('ended before its end it compares what was done with %s, and says where it was', async (title, more) => {
    const path = join(folder, `${title}.ended.ndjson`);
    const url = await mdnServer((message) => {
      if (message.type === 'video-answer') process.emit('SIGINT', 'SIGINT');
      return message;
    });
    const { code, stdout } = await replay(url, '--record', path, ...more);
    expect(code).toBe(130);
    expect(stdout.replace(/\n +/g, ' ')).toMatch(
      /The replay was ended before event \d+ of the recording: \d+ of its 38 messages were not played\./,
    );
    expect(stdout).toMatch(/^= +\d+ {2}answer #1 of \w+ +\d+ {2}answer #1 of \w+$/m);
    expect(stdout).toMatch(/Not the same as .*: 1 difference\.\n$/);
    expect(readFileSync(path, 'utf8').trimEnd().split('\n').at(-1)).toMatch(
      /^\{"kind":"end","events":\d+,"reason":"SIGINT"\}$/,
    );
  });

  test('what the recording has and nobody can read is told, the rest is played', async () => {
    const [whole, cut] = ['whole', 'cut'].map((name) => join(folder, `${name}.renego.ndjson`)) as [string, string];
    expect(await renego(['convert', MDN, whole])).toMatchObject({ code: 0 });
    writeFileSync(cut, readFileSync(whole).subarray(0, 30_000));
    const { client, server } = await selfPlay(cut);
    for (const { code, stdout } of [client, server]) {
      expect(stdout).toMatch(/^ +Not replayed, because it cannot be read: line \d+: the last line is cut off\.$/m);
      expect(stdout).toMatch(/\nThe same as .*: 1 description, apart from the note above\.\n$/);
      expect(code).toBe(0);
    }
  });

  test('takes the address of a web server for that of its WebSockets', async () => {
    const { code, stdout } = await replay((await mdnServer()).replace('ws:', 'http:'));
    expect(stdout).toMatch(/The same as/);
    expect(code).toBe(0);
  });

  test('wants what it is to be compared with before it says anything', async () => {
    let said = 0;
    const url = await mdnServer((message) => {
      said += 1;
      return message;
    });
    const { code, stderr } = await replay(url, '--expect', join(folder, 'none.ndjson'));
    expect({ code, said }).toEqual({ code: 4, said: 0 });
    expect(stderr).toMatch(/UNREADABLE/);
  });

  test('says that nobody is there', async () => {
    const { code, stderr } = await replay('ws://127.0.0.1:1/');
    expect(code).toBe(3);
    expect(stderr).toMatch(/CONNECT_REFUSED/);
  });

  test('has nothing to do for a file without messages', async () => {
    const path = join(folder, 'empty.ndjson');
    writeFileSync(path, '');
    const { code, stderr } = await renego(['replay', path, '--to', 'ws://127.0.0.1:1/']);
    expect({ code, stderr }).toMatchObject({ code: 4, stderr: expect.stringContaining('NOTHING_TO_REPLAY') });
  });
});

describe('replay --listen', () => {
  /** Alice's connection of the recording: what she says, and how much she hears. */
  function alice() {
    const frames = readFileSync(MDN, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { conn: string; dir: string; data: string });
    const conn = frames.find(({ data }) => data.includes('"username"') && data.includes('alice'))?.conn;
    const [own, others] = ['c2s', 's2c'].map((way) =>
      frames.filter((frame) => frame.conn === conn && frame.dir === way).map(({ data }) => data),
    );
    return { own: own ?? [], count: others?.length ?? 0 };
  }
  const played = (port: number, ...more: readonly string[]) =>
    renego(['replay', MDN, '--listen', String(port), '--speed', 'max', '--side', 'alice', '--patience', '3s', ...more]);

  test('plays the server and the far side to an application', async () => {
    const port = await freePort();
    const running = played(port, '--linger', '0s');
    const heard: string[] = [];
    const socket = await connected(`ws://127.0.0.1:${port}/`, ({ type }) => heard.push(type));
    for (const data of alice().own) socket.send(data);
    const { code, stdout } = await running;
    expect(stdout).toMatch(/The same as/);
    expect(code).toBe(0);
    expect(heard).toEqual(expect.arrayContaining(['id', 'userlist', 'video-answer']));
  });

  test('stays at the end while the application does, and hears it', async () => {
    const port = await freePort();
    const running = played(port, '--linger', '10m');
    const { own, count } = alice();
    const all = deferred<void>();
    let heard = 0;
    const socket = await connected(`ws://127.0.0.1:${port}/`, () => {
      heard += 1;
      if (heard === count) all.resolve();
    });
    for (const data of own) socket.send(data);
    await all.promise;
    socket.send(JSON.stringify({ type: 'message', text: 'still at work' }));
    socket.ping();
    await new Promise((resolve) => socket.once('pong', resolve));
    expect(socket.readyState).toBe(WebSocket.OPEN);
    socket.close();
    const { code, stdout } = await running;
    expect(stdout).toMatch(/├──────►│ +│ +chat message\n/);
    expect(code).toBe(0);
  });
});

function edited(message: Message, type: string, edit: (sdp: string) => string): Message {
  return message.type === type && message.sdp
    ? { ...message, sdp: { ...message.sdp, sdp: edit(message.sdp.sdp) } }
    : message;
}

/** Frames in which every answer of the server has the ICE credentials of its first. */
function withOldCredentials(frames: string): string {
  const named = (sdp: string) => /a=ice-ufrag:(\S+)\r\na=ice-pwd:(\S+)/.exec(sdp)?.slice(1) ?? [];
  let first: readonly string[] | undefined;
  const edit = (line: string): string => {
    const frame = JSON.parse(line) as { dir: string; data: string };
    const { jsep } = JSON.parse(frame.data) as { jsep?: { type: string; sdp: string } };
    if (frame.dir !== 's2c' || jsep?.type !== 'answer') return line;
    const now = named(jsep.sdp);
    first ??= now;
    const data = now.reduce((text, word, place) => text.replaceAll(word, first?.[place] ?? word), frame.data);
    return JSON.stringify({ ...frame, data });
  };
  return frames.trim().split('\n').map(edit).join('\n');
}

function swapped(sdp: string): string {
  const [head = '', ...sections] = sdp.split(/(?=^m=)/m);
  return sections.length < 2 ? sdp : [head, sections[1], sections[0], ...sections.slice(2)].join('');
}

/** Swallows the first message that fits. */
function once(fits: (message: Message) => boolean): (message: Message) => Message | undefined {
  let done = false;
  return (message) => {
    if (done || !fits(message)) return message;
    done = true;
    return undefined;
  };
}

function freePort(): Promise<number> {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  return new Promise((resolve) =>
    server.on('listening', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    }),
  );
}

/** Tries until somebody listens. */
function connected(url: string, hear: (message: Message) => void): Promise<WebSocket> {
  return new Promise((resolve) => {
    const dial = () => {
      const socket = new WebSocket(url, 'json');
      socket.on('message', (data: Buffer) => hear(JSON.parse(data.toString()) as Message));
      socket.once('open', () => resolve(socket));
      socket.once('error', () => setTimeout(dial, 50));
    };
    dial();
  });
}
