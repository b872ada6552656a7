/** The signaling server of y-webrtc, on a free port. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { foreignFile } from './foreign.ts';
import { freePort } from './janus.ts';

export interface YServer {
  readonly url: string;
  close(): void;
}

export async function startYServer(): Promise<YServer> {
  const port = await freePort();
  const server = spawn(process.execPath, [foreignFile('y-webrtc/bin/server.js')], {
    env: { ...process.env, PORT: String(port) },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  await once(server.stdout, 'data');
  return { url: `ws://127.0.0.1:${port}`, close: () => void server.kill('SIGKILL') };
}
