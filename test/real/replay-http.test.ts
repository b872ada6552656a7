/** Recordings of real servers of signaling over HTTP, played to the same servers again. */
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, test } from 'vitest';
import { startJanus } from './janus.ts';
import { carries, isState, linesOf } from './lines.ts';
import { requirePart, withParts } from './parts.ts';
import { createReplaying, stopped } from './replaying.ts';
import { startScript } from './script.ts';

const on = createReplaying();
afterEach(() => on.close());
afterAll(() => on.remove());

const script = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

/** A call from here, until `done`. */
async function record(
  url: string,
  path: string,
  done: (lines: ReturnType<typeof linesOf>) => Promise<unknown>,
  ...flags: string[]
): Promise<void> {
  const one = on.running('connect', url, '--call', '--json', '--record', path, ...flags);
  const lines = linesOf(one);
  await lines.until('a connection', isState('connection', 'connected'));
  await done(lines);
  await stopped(one);
}

withParts(['wrtc', 'janus', 'servers'], 'Janus over HTTP', () => {
  test('WHIP: publishes, trickles, restarts and ends at the place that it is given now', async () => {
    const janus = await startJanus();
    on.after(() => janus.close());
    const server = startScript(process.execPath, [script('whip-server.mjs'), janus.url, '1234']);
    on.after(() => server.close());
    const [url] = await server.says(/http:\S+/);
    const path = on.file('whip.ndjson');
    const restarted = (lines: ReturnType<typeof linesOf>) =>
      lines.until('the restart', (line) => line.kind === 'negotiation' && line.cause === 'ice-restart');
    await record(url, path, restarted, '--param', 'token=verysecret', '--do', 'restart-ice@connected');
    await on.replayed(path, url, '--header', 'Authorization: Bearer verysecret');
  });
});

withParts(['wrtc', 'janus', 'servers'], 'WHEP in front of Janus', () => {
  test('plays by a counter-offer, and the answer goes to the place of today', async () => {
    const janus = await startJanus();
    on.after(() => janus.close());
    const room = ['--protocol', 'janus', '--param', 'plugin=videoroom', '--room', '1234', '--media', 'audio,video'];
    const publisher = on.running('connect', janus.url, ...room, '--call', '--json');
    const lines = linesOf(publisher);
    const joined = await lines.until('joined', ({ raw }) => /"videoroom": ?"joined"/.test(String(raw)));
    await lines.until('the publisher connected', isState('connection', 'connected'));
    const server = startScript(process.execPath, [script('whep-server.mjs'), janus.url, '1234']);
    on.after(() => server.close());
    const [url] = await server.says(/http:\S+/);
    server.stdin.write(`${/"id": ?(\d+),\s*"private_id"/.exec(String(joined.raw))?.[1]}\n`);
    await server.says(/serving/);
    const path = on.file('whep.ndjson');
    await record(url, path, async () => {}, '--param', 'token=verysecret');
    await on.replayed(path, url, '--header', 'Authorization: Bearer verysecret');
  });
});

withParts(['wrtc', 'aiortc'], 'aiortc over HTTP', () => {
  test('answers the offer by POST as it did', async () => {
    const server = startScript(requirePart('aiortc'), [script('aiortc-server.py')]);
    on.after(() => server.close());
    const [, url = ''] = await server.says(/"url": "(\S+?)"/);
    const path = on.file('http-sdp.ndjson');
    await record(url, path, (lines) => lines.until('the answer', carries('answer', 'server')));
    await on.replayed(path, url);
  });
});
