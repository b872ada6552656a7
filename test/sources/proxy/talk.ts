/** HTTP between bare sockets, so that every byte is seen: what each end says when, and what both have read. */
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { startProxy } from './ends.ts';

/** What an end does: waits until it has read the text, then writes; what is written last ends it, if that is ''. */
export type Part = readonly [until: string, write: string];

export interface Dialogue {
  readonly name: string;
  /** `{host}`: the address that is asked. */
  readonly client: readonly Part[];
  readonly server: readonly Part[];
  /** The client has read this last. */
  readonly until: string;
}

export const head = (...lines: readonly string[]): string => `${lines.join('\r\n')}\r\n\r\n`;
export const END = 'HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nend';

/** Plays one end; resolves with all that it has read when it has said everything. */
export async function play(socket: Socket, parts: readonly Part[], host: string, until = ''): Promise<string> {
  let read = '';
  let look = () => {};
  socket.on('error', () => {});
  socket.on('data', (chunk) => {
    read += chunk.toString('latin1');
    look();
  });
  socket.on('close', () => look());
  const has = (text: string) =>
    new Promise<void>((resolve) => {
      look = () => {
        if (read.includes(text) || socket.closed) resolve();
      };
      look();
    });
  for (const [wanted, written] of parts) {
    await has(wanted);
    if (written === '') socket.end();
    else socket.write(written.replaceAll('{host}', host), 'latin1');
  }
  await has(until);
  return read;
}

export async function bareServer(
  closers: (() => unknown)[],
  talk: (socket: Socket) => void,
): Promise<{ server: Server; host: string }> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    talk(socket);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  closers.push(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return { server, host: `127.0.0.1:${(server.address() as AddressInfo).port}` };
}

export async function talked(
  closers: (() => unknown)[],
  { client, server, until }: Dialogue,
  through: boolean,
): Promise<{ there: string; back: string }> {
  let there: Promise<string> | undefined;
  const { host } = await bareServer(closers, (socket) => {
    // A proxy need not send both requests over one connection.
    there ??= play(socket, server, host);
  });
  let asked = host;
  if (through) {
    const proxy = await startProxy(`http://${host}/`);
    closers.push(() => proxy.stop());
    asked = new URL(proxy.url).host;
  }
  const socket = connect(Number(asked.split(':')[1]), '127.0.0.1');
  closers.push(() => socket.destroy());
  const back = await play(socket, client, asked, until);
  return { there: (await there)?.replaceAll(host, '{host}') ?? '', back };
}

/** Node says itself what it does with a connection to the client. */
export const plain = (text: string): string =>
  text.replace(/^(?:connection: (?:keep-alive|close)|keep-alive: .*|date: .*)\r\n/gim, '');
