/** WHIP to Debian's Janus, through a server of the tests (whip-server.mjs says why): trickle, restart, media, goodbye. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { decodeSession } from '../../src/session/decode.ts';
import { type JanusServer, startJanus } from './janus.ts';
import { carries, isState, type Line, linesOf, signalsOf, ufragOf } from './lines.ts';
import { withParts } from './parts.ts';
import { start } from './process.ts';
import { type Script, startScript } from './script.ts';

const SCRIPT = fileURLToPath(new URL('whip-server.mjs', import.meta.url));

withParts(['janus', 'servers', 'wrtc'], 'WHIP in front of Janus', () => {
  const folder = mkdtempSync(join(tmpdir(), 'renego-whip-'));
  let janus: JanusServer;
  let server: Script;
  let url = '';

  beforeAll(async () => {
    janus = await startJanus();
    server = startScript(process.execPath, [SCRIPT, janus.url, '1234']);
    [url = ''] = await server.says(/http:\S+/);
  }, 60_000);

  afterAll(async () => {
    await server.close();
    await janus.close();
    rmSync(folder, { recursive: true });
  });

  test('publishes, trickles, restarts ICE with new credentials of Janus, and hangs up', async () => {
    const file = join(folder, 'published.ndjson');
    const flags = [
      '--call',
      '--json',
      '--record',
      file,
      '--param',
      'token=verysecret',
      '--do',
      'restart-ice@connected',
    ];
    const one = start(['connect', url, ...flags]);
    const lines = linesOf(one);
    await lines.until('connected', isState('connection', 'connected'));
    await server.says(/media video true/);
    const [, ours, theirs] = await server.says(/restarted (\S+) (\S+)/);
    const restarted = await lines.until(
      'the answer',
      (line) => carries('answer', 'server')(line) && ufragOf(line) === theirs,
    );
    const from = lines.all.indexOf(restarted);
    await lines.until(
      'the answer applied',
      ({ kind, op, type, ok }) => kind === 'apply' && op === 'remote' && type === 'answer' && ok === true,
      from,
    );
    await lines.until('candidates of the new generation', carries('end-of-candidates', 'renego'), from);
    await lines.until('another pair', ({ kind, name }) => kind === 'call' && name === 'selectedcandidatepair', from);
    one.child.kill('SIGINT');
    expect(await one.ended()).toBe(130);
    await server.says(/deleted/);
    const recorded = decodeSession(readFileSync(file, 'utf8')).events as unknown as Line[];
    const offers = recorded.filter(carries('offer', 'renego'));
    expect(offers.map(ufragOf)).toEqual([expect.anything(), ours]);
    expect(new Set(recorded.filter(carries('answer', 'server')).map(ufragOf)).size).toBe(2);
    expect(recorded.filter(carries('bye', 'renego'))).toHaveLength(1);
    const types = new Set(recorded.flatMap(signalsOf).map(({ type }) => type));
    expect([...types].sort()).toEqual([
      'answer',
      'bye',
      'candidate',
      'end-of-candidates',
      'offer',
      'request',
      'response',
    ]);
    expect(recorded.filter(({ kind, code }) => kind === 'problem' && code !== 'ICE_CANDIDATE_ERROR')).toEqual([]);
  }, 90_000);

  test('says why it is not let in', async () => {
    const one = start(['connect', url, '--call', '--json']);
    expect(await one.ended()).toBe(3);
    expect(one.stderr()).toMatch(/HTTP 401: who are you\?[\s\S]*Bearer/);
  }, 60_000);
});

withParts(['servers', 'wrtc'], "WHIP to Eyevinn's endpoint", () => {
  let server: Script;

  beforeAll(() => {
    server = startScript(process.execPath, [fileURLToPath(new URL('whip-endpoint.mjs', import.meta.url))]);
  });
  afterAll(() => server.close());

  test('publishes; what the endpoint does not do is said, and why', async () => {
    const [, url = ''] = await server.says(/endpoint listening at (\S+)/);
    const one = start(['connect', `${url}/rtsp`, '--call', '--json', '--do', 'restart-ice@connected']);
    const lines = linesOf(one);
    await lines.until('connected', isState('connection', 'connected'));
    await Promise.all([server.says(/flows audio/), server.says(/flows video/)]);
    // It compares a header that no client sends with its ETag, so that it refuses every PATCH.
    const refused = await lines.until(
      'candidates',
      ({ kind, code }) => kind === 'problem' && code === 'CANDIDATES_REFUSED',
    );
    expect(refused.detail).toMatch(/HTTP 4(?:00|12)/);
    const rejected = await lines.until('restart', ({ kind, code }) => kind === 'problem' && code === 'OFFER_REJECTED');
    expect(rejected.detail).toMatch(/does not restart ICE: HTTP 4(?:00|12)/);
    expect(lines.all.filter(carries('answer', 'server'))).toHaveLength(1);
    one.child.kill('SIGINT');
    expect(await one.ended()).toBe(130);
    await server.says(/Destroy requested/);
  }, 90_000);
});
