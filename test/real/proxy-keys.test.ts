/** Somebody at the keys of a proxy, in a real terminal: what is held, changed and put in is what arrives. */
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { decodeSession } from '../../src/session/decode.ts';
import { withParts } from './parts.ts';
import { BIN } from './process.ts';
import { eventually, openTerminal, type Terminal } from './terminal.ts';

const SDP = [
  ...['v=0', 'o=- 1 2 IN IP4 127.0.0.1', 's=-', 't=0 0', 'm=audio 9 UDP/TLS/RTP/SAVPF 111', 'c=IN IP4 0.0.0.0'],
  ...['a=mid:0', 'a=rtpmap:111 opus/48000/2', 'a=setup:actpass', ''],
].join('\r\n');
const offer = (setup = 'actpass') =>
  JSON.stringify({ description: { type: 'offer', sdp: SDP.replace('actpass', setup) } });
const candidate = (n: number) =>
  JSON.stringify({ candidate: { candidate: `candidate:${n} 1 udp 1 192.0.2.${n} 9 typ host`, sdpMid: '0' } });
/** An editor that says active instead of actpass, in whatever it is given. */
const EDITOR = 'sed -i s/actpass/active/';

withParts(['tmux'], 'the keys of a proxy', () => {
  let folder: string;
  let terminal: Terminal;
  let relay: WebSocketServer;
  let alice: WebSocket;
  let heard: string[];

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'renego-keys-'));
    relay = new WebSocketServer({ port: 0, host: '127.0.0.1' });
    relay.on('connection', (socket) => {
      socket.on('message', (data) => {
        for (const other of relay.clients) if (other !== socket) other.send(String(data));
      });
    });
    await once(relay, 'listening');
    terminal = await openTerminal(folder, 150, 40);
    const server = `ws://127.0.0.1:${(relay.address() as AddressInfo).port}/`;
    const record = `--record '${join(folder, 'session.ndjson')}'`;
    terminal.run(`EDITOR='${EDITOR}' '${process.execPath}' '${BIN}' proxy ${server} --listen 127.0.0.1:0 ${record}`);
    const [, url = ''] = /(ws:\S+) → /.exec(await terminal.until(/ws:\S+ → [\s\S]*\? help/)) ?? [];
    alice = new WebSocket(url);
    await once(alice, 'open');
    const bob = new WebSocket(url);
    await once(bob, 'open');
    heard = [];
    bob.on('message', (data) => heard.push(String(data)));
    await terminal.until(/app-2/);
  });
  afterEach(() => {
    terminal?.close();
    for (const client of relay.clients) client.terminate();
    relay.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Bob has been sent this, and nothing else since the last time. */
  async function arrives(...texts: readonly string[]): Promise<void> {
    await eventually(
      () => (heard.length >= texts.length ? heard : undefined),
      () => heard.join('\n'),
    );
    expect(heard.splice(0)).toEqual(texts);
  }

  /** Holds the next offer, and has it come. */
  async function held(): Promise<void> {
    terminal.press('i');
    await terminal.until(/ours: hold the next description(?![\s\S]*held: offer)/);
    alice.send(offer());
    await terminal.until(/held: offer \(event \d+\)/);
  }

  async function pressed(key: string, shows: RegExp): Promise<void> {
    terminal.press(key);
    await terminal.until(shows);
  }

  const actions = (): string[] =>
    decodeSession(readFileSync(join(folder, 'session.ndjson'), 'utf8')).events.flatMap((event) =>
      event.kind === 'action' ? [event.action.do] : [],
    );

  test('hold, look, edit as SDP and as JSON, let go, drop, duplicate, delay, put behind, inject', async () => {
    await held();
    await pressed('3', /offer, held[\s\S]*a=setup:actpass/);
    await pressed('C-e', /ours: edit #/);
    await terminal.until(/offer, held[\s\S]*a=setup:active/);
    await pressed('l', /ours: let go #/);
    await arrives(offer('active'));

    await held();
    await pressed('C-o', /ours: edit #[\s\S]*ours: edit #/);
    terminal.press('l');
    await arrives(offer('active'));

    await held();
    await pressed('X', /ours: drop #/);
    await held();
    await pressed('u', /ours: duplicate #/);
    await arrives(offer(), offer());

    await held();
    alice.send(candidate(1));
    await pressed('B', /ours: reorder # ?\d* behind what follows/);
    await arrives(candidate(1));
    await pressed('K', /ours: delay #\d+ by 2000 ms/);
    await arrives(offer());

    // The copy that bob was sent is selected: it comes from the server, so it goes to the client.
    await terminal.until(/delivery of a message of app/);
    await pressed('J', /ours: inject to the client/);
    await arrives(offer('active'));

    terminal.press('q');
    await eventually(
      () => (decodeSession(readFileSync(join(folder, 'session.ndjson'), 'utf8')).end ? true : undefined),
      () => 'no end line',
    );
    expect(actions()).toEqual([
      ...['hold', 'edit', 'let-go', 'hold', 'edit', 'let-go', 'hold', 'drop', 'hold', 'duplicate'],
      ...['hold', 'reorder', 'delay', 'inject'],
    ]);
  });

  test('a terminal that reads nothing holds up nothing', async () => {
    const many = Array.from({ length: 3000 }, (_, n) => JSON.stringify({ chat: n, text: 'x'.repeat(200) }));
    await terminal.stalled(async () => {
      for (let at = 0; at < many.length; at += 100) {
        for (const text of many.slice(at, at + 100)) alice.send(text);
        await eventually(
          () => (heard.length >= at + 100 ? true : undefined),
          () => `${heard.length} of ${at + 100} messages arrived`,
        );
      }
    });
    expect(heard.splice(0)).toEqual(many);
    // Nor does the key that gives the terminal back to the shell.
    await pressed('C-z', /would stand still/);
    // And shows then what there is.
    alice.send(offer());
    await arrives(offer());
    await terminal.until(/offer #1 · audio/);
  });
});
