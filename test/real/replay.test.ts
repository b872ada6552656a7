/** Recordings replayed with real parts: by real engines, and to servers that others wrote. */
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { withParts } from './parts.ts';
import { start } from './process.ts';

const fixture = (name: string) => fileURLToPath(new URL(`../fixtures/${name}`, import.meta.url));

withParts(['wrtc'], 'a recording done again by real engines', () => {
  test.each([
    ['negotiations/s02-add-video__chromium-chromium.ndjson', 'data'],
    ['negotiations/s04b-hold__chromium-chromium.ndjson', 'data'],
    ['negotiations/s05b-stop-recycle-kind__chromium-chromium.ndjson', 'data'],
    ['negotiations/s08d-codec-answerer__chromium-firefox.ndjson', 'data'],
    ['negotiations/s10d-glare-ice-restart__chromium-chromium.ndjson', 'data'],
    ['negotiations/s13-reject-mline__chromium-chromium.ndjson', 'data'],
    ['negotiations/s13d-reject-port0__chromium-chromium.ndjson', 'data'],
    ['negotiations/s13d-reject-port0__aiortc-chromium.ndjson', 'audio', 'video', 'data'],
    ['negotiations/s06-ice-restart-option__chromium-firefox.ndjson', 'data'],
    ['dumps/webrtc-internals.json.gz', 'data'],
    ['frames/webtorrent.ndjson', 'data'],
    ['ws/mdn-av.ndjson', 'audio', 'video'],
    ['dumps/devtools.har', 'audio', 'video'],
    ['frames/gst-simple-server.ndjson', 'audio', 'video'],
    ['replays/codec-of-one-section.ndjson.gz', 'audio', 'data'],
    ['replays/sends-on-the-second.ndjson.gz', 'audio', 'video'],
    ['replays/turned-between-offers.ndjson.gz', 'video', 'data'],
  ])('%s connects, flows, and comes out the same', async (name, ...flows) => {
    const renego = start(['replay', fixture(name), '--live', '--patience', '60s', '--json']);
    const code = await renego.ended();
    const verdict = JSON.parse(renego.stdout().trimEnd().split('\n').at(-1) ?? '{}') as Record<string, unknown>;
    expect(verdict).toMatchObject({ kind: 'verdict', differences: [], reports: [], equal: true });
    expect(verdict.live).toMatchObject({ connected: true, flowed: expect.arrayContaining(flows) as unknown });
    expect(code).toBe(0);
  });

  test('what comes from the engine itself is said, and is no difference', async () => {
    const renego = start([
      'replay',
      fixture('replays/extensions-after-all-stopped.ndjson.gz'),
      '--live',
      '--patience',
      '60s',
    ]);
    expect(await renego.ended()).toBe(0);
    expect(renego.stdout()).toMatch(/The engine gives the ids of header extensions to others [\s\S]* does not count\./);
  });

  test('what an engine cannot do again is said', async () => {
    const h264 = fixture('negotiations/s08-codec-h264__chromium-firefox.ndjson');
    const renego = start(['replay', h264, '--live', '--patience', '60s']);
    expect(await renego.ended()).toBe(0);
    expect(renego.stdout()).toMatch(/The engine has no H264, which offer #2 of a prefers/);
    expect(renego.stdout()).toMatch(/It connected; audio, video and data arrived\.\nThe same as .* notes above\.\n$/);
  });
});
