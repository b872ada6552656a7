import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { BIN } from './process.ts';

/** The program before it is bundled: there every module can be told. */
const MODULES = new URL('../../dist/cli/main.js', import.meta.url).href;
const RUN = `import(${JSON.stringify(MODULES)}).then(({ run }) => run(process.argv.slice(1), process))`;

const SESSION = fileURLToPath(new URL('../fixtures/sessions/ice-restart.ndjson', import.meta.url));

const SDP = fileURLToPath(new URL('../fixtures/sdp/chromium-156-reoffer-stopped-section.sdp', import.meta.url));

/** Nothing is found in it. */
const HEALTHY = fileURLToPath(new URL('../fixtures/sdp/chromium-156-offer-av-data.sdp', import.meta.url));

/** Reports every module that is loaded on stderr, from the thread that loads them. */
const HOOK = `import { writeSync } from 'node:fs';
export async function load(url, context, next) {
  writeSync(2, 'LOADED ' + url + '\\n');
  return next(url, context);
}`;
const dataUrl = (code: string) => `data:text/javascript,${encodeURIComponent(code)}`;
const REGISTER = dataUrl(`import { register } from 'node:module'; register(${JSON.stringify(dataUrl(HOOK))});`);

/** The packages a command loads, and the folders and modules of src. */
function loadedBy(argv: readonly string[]) {
  const { stderr } = spawnSync(process.execPath, ['--import', REGISTER, '-e', RUN, '--', ...argv], {
    encoding: 'utf8',
  });
  const urls = [...stderr.matchAll(/^LOADED (.*)$/gm)].map(([, url = '']) => url);
  const pick = (pattern: RegExp) => [...new Set(urls.flatMap((url) => pattern.exec(url)?.[1] ?? []))].sort();
  return {
    packages: pick(/\/node_modules\/((?:@[^/]+\/)?[^/]+)/),
    folders: pick(/\/dist\/(\w+)\//),
    modules: pick(/\/dist\/(.+)\.js$/),
  };
}

/** Signaling protocols, and readers of other tools' formats with what recognises signaling in them. */
const PROTOCOLS = /^protocols\/(?:index|detect|templates?\/.*|(?:sip|janus|livekit)\/.*)$/;
const FORMATS = /^(?:importers\/(?:index|har|frames|trace|rtcstats|webrtc-internals)|protocols\/recogniser\/decoder)$/;

describe('what a command loads', () => {
  test.each<[string, string[], string[]]>([
    ['--version', ['--version'], []],
    ['--help', ['--help'], ['commander', 'string-width']],
    ['show', ['show', SESSION], ['chalk', 'commander', 'sdp-transform', 'string-width']],
    ['diff', ['diff', SESSION], ['chalk', 'commander', 'sdp-transform', 'string-width']],
    ['diff of SDP', ['diff', SDP, SDP], ['chalk', 'commander', 'sdp-transform', 'string-width']],
    ['check', ['check', SESSION], ['chalk', 'commander', 'sdp-transform', 'string-width']],
  ])('%s: none of the screen, the sockets, the WebRTC stack, protocols and formats', (_, argv, allowed) => {
    const { packages, folders, modules } = loadedBy(argv);
    const own = /^(get-east-asian-width|strip-ansi|ansi-regex|emoji-regex)$/;
    expect(folders).toContain('cli');
    expect(packages.filter((name) => !allowed.includes(name) && !own.test(name))).toEqual([]);
    for (const folder of ['tui', 'engines', 'sources']) expect(folders).not.toContain(folder);
    expect(modules.filter((name) => PROTOCOLS.test(name) || FORMATS.test(name))).toEqual([]);
  });

  test('demo: its own protocol only', () => {
    const { modules } = loadedBy(['demo', '--json', '--all', '--timeout', '1ms']);
    expect(modules).toContain('protocols/mdn');
    expect(modules).toContain('sources/demo');
    expect(modules.filter((name) => PROTOCOLS.test(name) || FORMATS.test(name))).toEqual([]);
  });

  test('the protocols: none of what only one of them needs', () => {
    const { packages, modules } = loadedBy(['protocols']);
    expect(modules).toContain('protocols/livekit/index');
    const heavy = /^(?:@bufbuild|@livekit|@noble|yaml|saxes|ws|react|ink)/;
    expect(packages.filter((name) => heavy.test(name))).toEqual([]);
  });
});

/** The chunks of the program that a command loads, by name. */
function chunksOf(argv: readonly string[]): readonly string[] {
  const tell = `const fs = require('node:fs');
    const read = fs.readFileSync;
    fs.readFileSync = (path, ...how) => {
      fs.writeSync(2, 'LOADED ' + path + '\\n');
      return read(path, ...how);
    };`;
  const folder = mkdtempSync(join(tmpdir(), 'renego-startup-'));
  const hook = join(folder, 'tell.cjs');
  writeFileSync(hook, tell);
  try {
    const { stderr } = spawnSync(process.execPath, ['--require', hook, BIN, ...argv], { encoding: 'utf8' });
    const paths = [...stderr.matchAll(/^LOADED (.*)$/gm)].map(([, path = '']) => path);
    return paths.flatMap((path) => /bin\/(.+?)(?:-[\w-]{8})?\.cjs$/.exec(path)?.[1] ?? []).sort();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

describe('the chunks a command loads', () => {
  const HEAVY =
    /^(?:commander|screen|protocols|importers|rules|rule-texts|rule-examples|core|filter|explain|redact|wrapper)$/;

  test.each<[string, string[], string[]]>([
    ['--version', ['--version'], []],
    ['--help', ['--help'], ['commander']],
    ['diff', ['diff', SDP, SDP], ['core']],
    ['check', ['check', SESSION], ['core', 'filter', 'rule-texts', 'rules']],
    ['check that finds nothing', ['check', HEALTHY], ['core', 'filter', 'rules']],
    ['show', ['show', SESSION], ['core', 'filter', 'redact', 'rule-texts', 'rules']],
  ])('%s: of the large ones those it needs', (_, argv, large) => {
    const chunks = chunksOf(argv);
    expect(chunks).toContain('main');
    expect(chunks.filter((name) => HEAVY.test(name))).toEqual(large);
  });
});

describe('a Node that is too old', () => {
  const bin = readFileSync(BIN, 'utf8');

  test('is told so, and what to do', () => {
    const pretend = "Object.defineProperty(process, 'versions', { value: { node: '18.20.4' } });";
    const { stderr, stdout, status } = spawnSync(process.execPath, ['-e', `${pretend} require(process.argv[1])`, BIN], {
      encoding: 'utf8',
    });
    expect({ stdout, status }).toEqual({ stdout: '', status: 3 });
    expect(stderr).toMatch(
      /^renego: this is Node 18\.20\.4, which is too old \[NODE_TOO_OLD\]\n {2}renego needs Node 22\.12/,
    );
  });

  test('can read the file that tells it: nothing in there is younger than ES2017', () => {
    expect(bin).not.toMatch(/\?\.|\?\?|\*\*|\.\.\.|#\w+\s*[=;(]|\bimport\b|catch \{|\bfor await\b|\d_\d|\d+n\b/);
  });
});
