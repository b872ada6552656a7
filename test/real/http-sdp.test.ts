/** SDP over HTTP with aiortc: a WebRTC stack that shares no code with the browsers', behind a POST as in its examples. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { decodeSession } from '../../src/session/decode.ts';
import { carries, isState, type Line, linesOf, signalsOf } from './lines.ts';
import { requirePart, withParts } from './parts.ts';
import { type Running, start } from './process.ts';
import { type Script, startScript } from './script.ts';

const SERVER = fileURLToPath(new URL('aiortc-server.py', import.meta.url));

withParts(['aiortc', 'wrtc'], 'SDP over HTTP with aiortc', () => {
  const running: Running[] = [];
  let folder: string;
  let server: Script;
  let url = '';

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'renego-http-sdp-'));
    server = startScript(requirePart('aiortc'), [SERVER]);
    [, url = ''] = await server.says(/"url": "(\S+?)"/);
  }, 60_000);

  afterEach(async () => {
    for (const one of running.splice(0)) {
      one.child.kill('SIGKILL');
      await one.ended();
    }
    await server.close();
    rmSync(folder, { recursive: true });
  });

  test('connects, passes media and messages both ways, and hangs up', async () => {
    const file = join(folder, 'called.ndjson');
    const one = start(['connect', url, '--call', '--json', '--record', file]);
    running.push(one);
    const lines = linesOf(one);
    await lines.until('connected', isState('connection', 'connected'));
    await lines.until('audio', isState('media', /^audio \S+ flows$/));
    await server.says(/"message": "renego heartbeat/);
    await server.says(/"track": "audio"/);
    await lines.until(
      'the echo',
      ({ kind, name, args }) => kind === 'call' && name === 'message' && /aiortc heard/.test(JSON.stringify(args)),
    );
    one.child.kill('SIGINT');
    expect(await one.ended()).toBe(130);
    const recorded = decodeSession(readFileSync(file, 'utf8')).events as unknown as Line[];
    const [offer] = recorded.filter(carries('offer', 'renego'));
    expect(offer && signalsOf(offer).find(({ sdp }) => sdp)?.sdp).toMatch(/a=candidate:[\s\S]*a=end-of-candidates/);
    expect(recorded.filter(carries('answer', 'server'))).toHaveLength(1);
    expect(recorded.some(carries('candidate', 'renego'))).toBe(false);
  }, 90_000);

  test('restarts ICE as far as aiortc does: the offer is posted again with the pc_id', async () => {
    const one = start(['connect', url, '--call', '--json', '--do', 'restart-ice@connected']);
    running.push(one);
    const lines = linesOf(one);
    await lines.until('connected', isState('connection', 'connected'));
    const again = await lines.until(
      'the second offer',
      (line) => carries('offer', 'renego')(line) && /"pc_id":"0"/.test(String(line.raw)),
    );
    const answer = await lines.until(
      'the second answer',
      (line) => line.kind === 'message' && line.from === 'server',
      lines.all.indexOf(again),
    );
    // aiortc 1.4 takes the offer, but keeps its own credentials: what renego shows, and says.
    const restart = await lines.until(
      'the finding',
      ({ kind, rule }) => kind === 'finding' && /^ice-(half-restart|restart-ignored)$/.test(String(rule)),
    );
    expect(restart).toMatchObject({ severity: 'error' });
    expect(answer).toBeDefined();
  }, 90_000);
});
