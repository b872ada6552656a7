import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocketServer } from 'ws';
import { createPeer } from '../../src/sources/peer.ts';
import { dummy } from '../helpers/dummy-engine.ts';
import { runSource } from '../helpers/run-source.ts';

const cleanup: (() => unknown)[] = [];
afterEach(async () => {
  for (const one of cleanup.splice(0).reverse()) await one();
});

/** A server that picks the subprotocol `sip` and speaks at once. */
async function server(): Promise<{ url: string; heard: Promise<string> }> {
  const wss = new WebSocketServer({ port: 0, host: '127.0.0.1', handleProtocols: () => 'sip' });
  cleanup.push(() => wss.close());
  await new Promise((resolve) => wss.once('listening', resolve));
  const heard = new Promise<string>((resolve) => {
    wss.on('connection', (socket) => {
      socket.send('\r\n\r\n');
      socket.once('message', (data) => resolve(String(data)));
    });
  });
  return { url: `ws://127.0.0.1:${(wss.address() as AddressInfo).port}/`, heard };
}

describe('a protocol that is found out when the connection is open', () => {
  it('is loaded then, and what comes meanwhile is told after the choice', async () => {
    const { url, heard } = await server();
    const running = runSource(createPeer({ url, as: 'me', engine: dummy, reconnect: false }));
    cleanup.push(() => running.stop().catch(() => {}));
    expect(await heard).toMatch(/^REGISTER sip:/);
    await running.until((draft) => draft.kind === 'message' && draft.from === 'server');
    const told = running.drafts.map((draft) => (draft.kind === 'message' ? `message of ${draft.from}` : draft.kind));
    expect(told.filter((one) => one !== 'state').slice(0, 5)).toEqual([
      'link',
      'link',
      'mark',
      'message of me',
      'message of server',
    ]);
    const protocols = running.drafts.flatMap((draft) => (draft.kind === 'message' ? [draft.protocol] : []));
    expect(new Set(protocols)).toEqual(new Set(['sip']));
  });
});
