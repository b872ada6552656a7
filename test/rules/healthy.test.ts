/**
 * Healthy traffic of real peers: no error, and no warning but those a healthy call can deserve (rules E.1).
 * `HEALTHY=path/to/folder npx vitest run --config test/vitest.config.ts --project unit test/rules/healthy` reads a folder of transcripts.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { expect, test } from 'vitest';
import type { TranscriptLine } from '../../src/rules/rule.ts';
import { hear, transcript, withFolded } from './conversation.ts';

interface Conversation {
  readonly name: string;
  readonly lines: readonly TranscriptLine[];
}

const BUNDLE = new URL('../fixtures/healthy/healthy.ndjson.br', import.meta.url);

function bundled(): Conversation[] {
  const text = brotliDecompressSync(readFileSync(BUNDLE)).toString('utf8');
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Conversation);
}

function folder(path: string): Conversation[] {
  const names = readdirSync(path).filter((name) => name.endsWith('.ndjson'));
  return names.map((name) => ({ name, lines: transcript(readFileSync(join(path, name), 'utf8')) }));
}

const given = process.env.HEALTHY;
const conversations = given ? folder(given) : bundled();

/** Warnings any healthy call can deserve. */
const ALLOWED = ['offer-superseded', 'glare-unresolved', 'polite-offer-lost', 'mline-rejected'];

/** Scenarios that do on purpose what a rule warns of. */
const DELIBERATE: Readonly<Record<string, readonly string[]>> = {
  's11d-nobundle-answer': ['bundle-declined'],
  's11e-partial-bundle': ['bundle-declined'],
  's13b-reject-nocodec': ['codec-none-in-common'],
};

test('there are enough of them', () => {
  expect(conversations.length).toBeGreaterThan(given ? 0 : 50);
});

const cases = conversations.map(({ name, lines }) => [name, lines] as const);

test.each(cases)('%s', (name, lines) => expect(alarmsIn(name, lines)).toEqual([]));

test.each(cases)('%s, through a server that sends everything back to its sender as well', (name, lines) => {
  // A rollback that is heard twice is worth its warning: the second finds no offer.
  const twice = lines.flatMap((line) => ('type' in line && line.type === 'rollback' ? [line] : [line, line]));
  expect(alarmsIn(name, twice)).toEqual([]);
});

function alarmsIn(name: string, lines: readonly TranscriptLine[]): string[] {
  const scenario = name.split('__')[0] ?? name;
  const allowed = [...ALLOWED, ...(DELIBERATE[scenario] ?? [])];
  const findings = withFolded(hear(lines).findings);
  const alarms = findings.filter(({ severity, rule }) => {
    return severity === 'error' || (severity === 'warning' && !allowed.includes(rule));
  });
  return alarms.map(({ severity, rule, event, message }) => `${severity} ${rule} at ${event}: ${message}`);
}
