/** Connections that break off: noticed as what they are, and passed on as such. */
import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';

/**
 * What a new socket says is heard after the resets that came before it: a client that was reset and is back at once is there
 * in the same turn of the event loop, but the reset is read in the next one, and its socket is closed at the end of that.
 */
export function afterResets(socket: Socket): void {
  socket.pause();
  inTurns(3, () => socket.resume());
}

function inTurns(turns: number, does: () => void): void {
  if (turns === 0) does();
  else setImmediate(() => inTurns(turns - 1, does));
}

/** libuv takes a reset that comes together with data for an end, and reads no more: who writes, be it nothing, learns of it. */
export function unlessReset(socket: Socket, does: () => void): void {
  if (!(socket instanceof TLSSocket) && socket.writable) socket.write('');
  setImmediate(() => {
    if (!socket.destroyed) does();
  });
}

/**
 * TLS has no reset of its own. A socket whose last words are out and whose end is on its way would neither be reset nor ever
 * closed: libuv refuses, and Node takes it for done.
 */
export function reset(socket: Socket): void {
  if (socket.destroyed) return;
  const isEnding = socket.writableEnded && !socket.writableFinished && socket.writableLength === 0;
  if (socket instanceof TLSSocket || isEnding) socket.destroy();
  else socket.resetAndDestroy();
}
