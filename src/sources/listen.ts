/** Listening on an address, with errors that say what to do. */
import type { Server } from 'node:net';
import { RenegoError } from '../core/errors.ts';

/** Rejects with RenegoError `connect`/`LISTEN_…` when the address cannot be used. */
export function listen(http: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    http.once('error', (error: NodeJS.ErrnoException) => reject(listenError(error, host, port)));
    http.listen(port, host, resolve);
  });
}

/** What an error of `listen` means. */
export function listenError(error: NodeJS.ErrnoException, host: string, port: number): RenegoError {
  const where = `${host}:${port}`;
  const known: Record<string, [string, string, string]> = {
    EADDRINUSE: ['LISTEN_IN_USE', `${where} is in use already`, 'Take another port, or port 0 for a free one.'],
    EACCES: ['LISTEN_FORBIDDEN', `listening on ${where} is not allowed`, 'Ports below 1024 need special rights.'],
    EADDRNOTAVAIL: ['LISTEN_ADDRESS', `${host} is no address of this machine`, 'Take 127.0.0.1, or 0.0.0.0 for all.'],
    ENOTFOUND: ['LISTEN_ADDRESS', `${host} is no address of this machine`, 'Take 127.0.0.1, or 0.0.0.0 for all.'],
  };
  const [code, message, hint] = known[error.code ?? ''] ?? ['LISTEN_FAILED', `${where}: ${error.message}`, undefined];
  return new RenegoError('connect', code ?? 'LISTEN_FAILED', message ?? error.message, hint);
}
