/** WHEP through Meetecho's server (npm) in front of Debian's Janus; what is played is published by another renego. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { decodeSession } from '../../src/session/decode.ts';
import { type JanusServer, startJanus } from './janus.ts';
import { carries, isState, type Line, linesOf, signalsOf } from './lines.ts';
import { withParts } from './parts.ts';
import { type Running, start } from './process.ts';
import { type Script, startScript } from './script.ts';

const SCRIPT = fileURLToPath(new URL('whep-server.mjs', import.meta.url));

async function startWhep(janus: string, feed: number): Promise<{ readonly url: string; readonly script: Script }> {
  const script = startScript(process.execPath, [SCRIPT, janus, '1234']);
  const [url] = await script.says(/http:\S+/);
  script.stdin.write(`${feed}\n`);
  await script.says(/serving/);
  return { url, script };
}

withParts(['janus', 'servers', 'wrtc'], 'WHEP in front of Janus', () => {
  const folder = mkdtempSync(join(tmpdir(), 'renego-whep-'));
  const running: Running[] = [];
  const scripts: Script[] = [];
  let janus: JanusServer;
  let publisher: Running;
  let feed = 0;

  beforeAll(async () => {
    janus = await startJanus();
    const publish = ['--protocol', 'janus', '--param', 'plugin=videoroom', '--room', '1234', '--media', 'audio,video'];
    publisher = start(['connect', janus.url, ...publish, '--call', '--json']);
    const lines = linesOf(publisher);
    const joined = await lines.until('joined', ({ raw }) => /"videoroom": ?"joined"/.test(String(raw)));
    feed = Number(/"id": ?(\d+),\s*"private_id"/.exec(String(joined.raw))?.[1]);
    await lines.until('the publisher connected', isState('connection', 'connected'));
  }, 60_000);

  afterEach(async () => {
    for (const one of running.splice(0)) {
      one.child.kill('SIGKILL');
      await one.ended();
    }
    for (const script of scripts.splice(0)) await script.close();
  });

  afterAll(async () => {
    publisher.child.kill('SIGKILL');
    await janus.close();
    rmSync(folder, { recursive: true });
  });

  async function serve(): Promise<string> {
    const { url, script } = await startWhep(janus.url, feed);
    scripts.push(script);
    return url;
  }

  function play(url: string, ...flags: string[]): Running {
    const one = start(['connect', url, '--call', '--json', '--param', 'token=verysecret', ...flags]);
    running.push(one);
    return one;
  }

  const http = (method: string, status?: number) => (line: Line) =>
    line.kind === 'message' &&
    signalsOf(line).some(
      (one) => 'method' in one && one.method === method && (one as { status?: number }).status === status,
    );

  test('plays by a counter-offer, trickles, is told that ICE is not restarted, and hangs up', async () => {
    const file = join(folder, 'played.ndjson');
    const viewer = play(await serve(), '--record', file, '--do', 'restart-ice@connected');
    const lines = linesOf(viewer);
    await lines.until('video', isState('media', /^video \S+ flows$/));
    await lines.until('audio', isState('media', /^audio \S+ flows$/));
    await lines.until('the restart refused', ({ kind, code }) => kind === 'problem' && code === 'OFFER_REJECTED');
    viewer.child.kill('SIGINT');
    expect(await viewer.ended()).toBe(130);
    const { events } = decodeSession(readFileSync(file, 'utf8'));
    const recorded = events as unknown as Line[];
    const counter = recorded.find(http('POST', 406));
    expect(counter && signalsOf(counter).map(({ type }) => type)).toEqual(['response', 'offer']);
    expect(recorded.some(carries('answer', 'renego'))).toBe(true);
    expect(recorded.some(carries('candidate', 'renego'))).toBe(true);
    expect(recorded.some(carries('end-of-candidates', 'renego'))).toBe(true);
    expect(recorded.filter(http('DELETE'))).toHaveLength(1);
    // Janus may hear of the end by DTLS before the DELETE arrives.
    expect([200, 404].some((status) => recorded.some(http('DELETE', status)))).toBe(true);
    expect(JSON.stringify(recorded)).not.toContain('verysecret');
  }, 60_000);

  test.each([
    ['a wrong token', ['--param', 'token=wrong'], '', /HTTP 403: Unauthorized/],
    ['a wrong path', [], 'x', /HTTP 404: Invalid endpoint ID/],
  ])(
    'says why it is not let in: %s',
    async (_title, flags, more, message) => {
      const viewer = play(`${await serve()}${more}`, ...flags);
      expect(await viewer.ended()).toBe(3);
      expect(viewer.stderr()).toMatch(message);
    },
    60_000,
  );
});
