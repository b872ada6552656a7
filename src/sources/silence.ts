/** Notices a WebSocket whose other end is gone without having said so. */
import type { WebSocket } from 'ws';

/**
 * A dead server or network says nothing, not even that it is gone. After `interval` milliseconds of silence a ping
 * (RFC 6455, section 5.5.2) asks; `dead` is called when nothing comes back for as long again.
 */
export function watchSilence(socket: WebSocket, interval: number, dead: () => void): { start(): void; stop(): void } {
  let timer: NodeJS.Timeout | undefined;
  let heard = true;
  let asked = false;
  for (const sign of ['message', 'ping', 'pong'] as const) {
    socket.on(sign, () => {
      heard = true;
    });
  }

  function look(): void {
    if (asked && !heard) {
      clearInterval(timer);
      dead();
      return;
    }
    asked = !heard;
    heard = false;
    if (asked) socket.ping();
  }

  return {
    start() {
      timer = setInterval(look, interval);
    },
    stop: () => clearInterval(timer),
  };
}
