import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { unpackText } from '../../src/cli/unpack.ts';

const TEXT = 'v=0\r\n'.repeat(400);
const packed = gzipSync(TEXT);

it('plain text stays as it is', async () => {
  expect(await unpackText(new TextEncoder().encode('häh'), 'x')).toBe('häh');
});

it('gzip is told by its first bytes', async () => {
  expect(await unpackText(packed, 'x')).toBe(TEXT);
});

it('several gzip files one behind the other are one', async () => {
  expect(await unpackText(Buffer.concat([packed, packed]), 'x')).toBe(TEXT + TEXT);
});

it('a cut gzip file is read as far as it goes', async () => {
  expect(TEXT.startsWith(await unpackText(packed.subarray(0, packed.length - 12), 'x'))).toBe(true);
});

it('a damaged one is refused', async () => {
  const damaged = Uint8Array.from(packed, (byte, at) => (at > 11 && at < 16 ? byte ^ 0xff : byte));
  await expect(unpackText(damaged, 'a.gz')).rejects.toMatchObject({
    kind: 'input',
    code: 'GZIP_DAMAGED',
    message: expect.stringContaining('cannot unpack a.gz'),
  });
});

it('neither a bomb nor a huge file is read', async () => {
  for (const bytes of [packed, new TextEncoder().encode(TEXT)])
    await expect(unpackText(bytes, 'a.gz', 1000)).rejects.toMatchObject({ kind: 'input', code: 'TOO_LARGE' });
});
