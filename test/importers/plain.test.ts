import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { IMPORTERS, readSession, sniffFormat } from '../../src/importers/index.ts';
import { plainFormat } from '../../src/importers/plain.ts';
import { readWith } from '../../src/importers/reading.ts';

const FIXTURES = join(import.meta.dirname, '../fixtures');
const texts = ['negotiations', 'sessions', 'sdp']
  .flatMap((folder) =>
    readdirSync(join(FIXTURES, folder), { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)),
  )
  .filter((name) => /\.(?:ndjson|sdp|txt)$/.test(name))
  .map((name) => [name, readFileSync(join(FIXTURES, name), 'utf8')] as const);

describe('formats that show in their first characters', () => {
  it.each(IMPORTERS.map(({ name, example }) => [name, example] as const))('%s', (name, example) => {
    const plain = ['session', 'transcript', 'sdp'].includes(name);
    expect(plainFormat(example)?.name).toBe(plain ? name : undefined);
  });

  it('are what a closer look finds, and read the same', () => {
    const plain = texts.flatMap(([name, text]) => {
      const format = plainFormat(text);
      return format === undefined ? [] : [{ name, text, format }];
    });
    expect(plain.length).toBeGreaterThan(5);
    for (const { name, text, format } of plain) {
      expect([name, sniffFormat(text)?.name]).toEqual([name, format.name]);
      expect(readWith(format, text, name)).toEqual(readSession(text, name));
    }
  });
});
