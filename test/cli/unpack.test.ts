import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { unpack } from '../../src/cli/unpack.ts';

const TEXT = 'v=0\r\n'.repeat(400);
const packed = gzipSync(TEXT);

/** What comes out of bytes that come in one by one, and the error behind them. */
async function unpacked(bytes: Uint8Array, bomb?: { bytes: number; times: number }) {
  let text = '';
  async function* each(): AsyncGenerator<Uint8Array, void> {
    for (let at = 0; at < bytes.length; at += 1) yield bytes.subarray(at, at + 1);
  }
  try {
    for await (const part of unpack(each(), 'a.gz', bomb)) text += Buffer.from(part).toString('latin1');
  } catch (error) {
    return { text, error };
  }
  return { text };
}

it('plain text stays as it is', async () => {
  for (const text of ['', 'a', 'hah']) expect(await unpacked(Buffer.from(text))).toEqual({ text });
});

it('gzip is told by its first bytes', async () => {
  expect(await unpacked(packed)).toEqual({ text: TEXT });
});

it('several gzip files one behind the other are one', async () => {
  expect(await unpacked(Buffer.concat([packed, packed]))).toEqual({ text: TEXT + TEXT });
});

it('a cut gzip file is read as far as it goes', async () => {
  const { text, error } = await unpacked(packed.subarray(0, packed.length - 12));
  expect(error).toBeUndefined();
  expect(TEXT.startsWith(text)).toBe(true);
});

it('of a damaged one what stands before the damage is read', async () => {
  const second = Uint8Array.from(packed, (byte, at) => (at > 11 && at < 16 ? byte ^ 0xff : byte));
  expect(await unpacked(Buffer.concat([packed, second]))).toEqual({
    text: expect.stringMatching(new RegExp(`^${TEXT}`)),
    error: expect.objectContaining({
      kind: 'input',
      code: 'GZIP_DAMAGED',
      message: expect.stringContaining('cannot unpack a.gz'),
    }),
  });
});

it('a bomb is read no further; a large text is none', async () => {
  expect(await unpacked(packed, { bytes: 1000, times: 20 })).toMatchObject({ error: { code: 'TOO_LARGE' } });
  expect(await unpacked(packed, { bytes: 1000, times: 2000 })).toEqual({ text: TEXT });
});

it.each([
  ['zip', 'PK\x03\x04', 'unzip -p'],
  ['zstd', '\x28\xb5\x2f\xfd', 'zstdcat'],
  ['xz', '\xfd7zXZ\0', 'xzcat'],
  ['bzip2', 'BZh9', 'bzcat'],
  ['7z', '7z\xbc\xaf', '7z e -so'],
])('of %s it is said how to unpack it', async (name, magic, by) => {
  const { text, error } = await unpacked(Buffer.from(`${magic}rest`, 'latin1'));
  expect(text).toBe('');
  const hint = expect.stringContaining(`${by} <file> | renego`) as string;
  expect(error).toMatchObject({ code: 'PACKED', message: expect.stringContaining(name) as string, hint });
});
