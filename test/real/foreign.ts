/** renego against software of others: pages in Chromium with their libraries, what a page says of its transport, recordings. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { rolldown } from 'rolldown';
import { expect } from 'vitest';
import { type Line, type Lines, linesOf } from './lines.ts';
import { requirePart } from './parts.ts';
import { type Running, start } from './process.ts';

/** Loads the packages that test/servers has installed. */
export const foreign = createRequire(join(import.meta.dirname, '../servers/package.json'));

/** A file of such a package. */
export const foreignFile = (path: string): string => join(import.meta.dirname, '../servers/node_modules', path);

export function launch(): Promise<Browser> {
  return chromium.launch({
    executablePath: requirePart('chromium'),
    args: ['--no-sandbox', '--autoplay-policy=no-user-gesture-required'],
  });
}

const PATIENCE_MS = 60_000;

/** Sound without a microphone, and how a peer connection fares. */
const HELPERS = `
  globalThis.errors = [];
  addEventListener('error', ({ message }) => errors.push(message));
  addEventListener('unhandledrejection', ({ reason }) => errors.push(String(reason)));
  globalThis.sound = () => {
    const context = new AudioContext();
    const out = context.createMediaStreamDestination();
    const tone = context.createOscillator();
    tone.connect(out);
    tone.start();
    return out.stream;
  };
  globalThis.transportOf = async (pc) => {
    const all = [...(await pc.getStats()).values()];
    const transport = all.find(({ type }) => type === 'transport') ?? {};
    const pair = all.find(({ id }) => id === transport.selectedCandidatePairId);
    const candidate = (which) => all.find(({ id }) => id === pair?.[which]);
    const inbound = all.filter(({ type }) => type === 'inbound-rtp');
    const ufrag = (description) => /a=ice-ufrag:(\\S+)/.exec(description?.sdp)?.[1];
    return {
      local: candidate('localCandidateId')?.usernameFragment, remote: candidate('remoteCandidateId')?.usernameFragment,
      described: ufrag(pc.remoteDescription), succeeded: pair?.state === 'succeeded',
      sound: inbound.some(({ kind, packetsReceived }) => kind === 'audio' && packetsReceived > 0),
      picture: inbound.some(({ kind, packetsReceived }) => kind === 'video' && packetsReceived > 0),
    };
  };
`;

/** What a page's transport uses: its own credentials, those of the other side, and whether sound and picture arrive. */
export interface Transport {
  readonly local?: string;
  readonly remote?: string;
  readonly described?: string;
  readonly succeeded: boolean;
  readonly sound: boolean;
  readonly picture: boolean;
}

/** Chromium lets no page reach loopback that does not come from there. */
async function emptyPage(): Promise<string> {
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html').end('<!doctype html><title>page</title>');
  });
  server.unref().listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

let address: Promise<string> | undefined;

/** A page of its own with these scripts in it. Their globals are there when it is given back. */
export async function openPage(browser: Browser, ...scripts: readonly string[]): Promise<Page> {
  const page = await browser.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  address ??= emptyPage();
  await page.goto(await address);
  for (const content of [HELPERS, ...scripts]) await page.addScriptTag({ content });
  return page;
}

/** A module of others and what it needs, as one script for a page. `entry` imports by absolute path. */
export async function bundled(entry: string): Promise<string> {
  const bundle = await rolldown({
    input: 'entry',
    platform: 'browser',
    logLevel: 'silent',
    transform: { define: { global: 'globalThis', 'process.browser': 'true', 'process.env.NODE_ENV': '"production"' } },
    plugins: [
      {
        name: 'entry',
        resolveId: (id: string) => (id === 'entry' ? id : undefined),
        load: (id: string) => (id === 'entry' ? entry : undefined),
      },
    ],
  });
  const { output } = await bundle.generate({ format: 'iife' });
  await bundle.close();
  return output[0].code;
}

/** The page's transport, as soon as it is like this: `until` is an expression about `now`. */
export function transport(page: Page, pc: string, until: string): Promise<Transport> {
  // Nothing tells that statistics have changed, and a page's waitForFunction takes a promise for an answer.
  return page.evaluate(`(async () => {
    const late = Date.now() + ${PATIENCE_MS};
    for (;;) {
      const now = ${pc} ? await transportOf(${pc}) : {};
      if (now.local && (${until})) return now;
      if (Date.now() > late) throw new Error('the transport is ' + JSON.stringify(now));
      await new Promise((again) => setTimeout(again, 50));
    }
  })()`) as Promise<Transport>;
}

export interface Connected {
  readonly running: Running;
  readonly lines: Lines;
}

/** `renego connect … --json`. */
export function connect(url: string, protocol: string, ...flags: readonly string[]): Connected {
  const running = start(['connect', url, '--protocol', protocol, '--json', '--timeout', '120s', ...flags]);
  return { running, lines: linesOf(running) };
}

export const tells =
  (code: string) =>
  (line: Line): boolean =>
    line.kind === 'problem' && line.code === code;

/** Text on a data channel. */
export const says =
  (text: string | RegExp) =>
  (line: Line): boolean => {
    if (line.kind !== 'call' || line.name !== 'message') return false;
    const said = (line.args as { text: string }).text;
    return typeof text === 'string' ? said === text : text.test(said);
  };

export const isRound =
  (cause: string, offerer: string) =>
  (line: Line): boolean =>
    line.kind === 'negotiation' && line.state === 'complete' && line.cause === cause && line.offerer === offerer;

export interface Report {
  readonly events: readonly Line[];
  readonly negotiations: readonly Line[];
  readonly findings: readonly Line[];
}

/** What `renego show` makes of a recording. */
export async function show(path: string): Promise<Report> {
  const shown = start(['show', path, '--json']);
  expect(await shown.ended(), shown.stderr()).toBe(0);
  return JSON.parse(shown.stdout()) as Report;
}

/** Every signal of a recording: `offer`, `request renegotiate`, `other …`. */
export function wordsOf({ events }: Report): string[] {
  return events
    .flatMap((event) => (event.signals as { type: string; method?: string; label?: string }[] | undefined) ?? [])
    .map(({ type, method, label }) => [type, method ?? label].filter((one) => one !== undefined).join(' '));
}
