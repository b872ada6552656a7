/** The layer table, and the scan that compares source text with it. Pure, so that a test can show that it bites. */

interface Layer {
  readonly folders: readonly string[];
  readonly packages: readonly string[];
  /** Folders that may be imported, but only by `import()`; their types at any time. */
  readonly lazyFolders?: readonly string[];
  /** Packages that may be imported, but only by `import()`. */
  readonly lazyPackages?: readonly string[];
  /** May call node's own modules. */
  readonly node?: true;
  /** May write to a stream. */
  readonly streams?: true;
  /** May not read clock, environment or chance. */
  readonly pure?: true;
}

const FOLDERS = [
  'sdp',
  'core',
  'rules',
  'session',
  'importers',
  'protocols',
  'scenario',
  'engines',
  'sources',
  'sinks',
  'tui',
  'cli',
];
/** What reads foreign bytes may take a well-kept package for it. */
const FORMAT_PACKAGES = [
  'yaml',
  'socket.io-parser',
  'engine.io-parser',
  '@msgpack/msgpack',
  '@noble/hashes',
  '@livekit/protocol',
  'fflate',
];

export const LAYERS: Readonly<Record<string, Layer>> = {
  sdp: { folders: [], packages: ['sdp-transform'], pure: true },
  core: { folders: ['sdp'], packages: ['string-width'], lazyPackages: FORMAT_PACKAGES, pure: true },
  rules: { folders: ['core', 'sdp'], packages: [], pure: true },
  session: { folders: ['core'], packages: [] },
  // Captured frames are read by the recogniser of protocols.
  importers: { folders: ['core', 'session', 'protocols'], packages: ['@streamparser/json'] },
  protocols: { folders: ['core', 'sdp'], packages: FORMAT_PACKAGES },
  scenario: { folders: ['core', 'sdp', 'rules', 'protocols'], packages: [], pure: true },
  engines: { folders: ['core'], packages: [], lazyPackages: ['@roamhq/wrtc'] },
  sources: {
    folders: ['core', 'sdp', 'session', 'protocols', 'engines'],
    packages: ['ws'],
    lazyPackages: ['selfsigned'],
    node: true,
  },
  sinks: { folders: ['core', 'sdp', 'session', 'rules', 'scenario'], packages: ['chalk'], node: true, streams: true },
  tui: { folders: ['core', 'rules', 'sdp'], packages: ['ink', 'react', 'chalk', 'string-width'], streams: true },
  cli: {
    folders: FOLDERS.filter((folder) => folder !== 'tui' && folder !== 'engines'),
    lazyFolders: ['tui', 'engines'],
    packages: ['commander', 'chalk'],
    node: true,
    streams: true,
  },
  'index.ts': { folders: FOLDERS.filter((folder) => folder !== 'cli' && folder !== 'tui'), packages: [] },
};

const PURE_FORBIDDEN =
  /\b(?:new Date|Date\.(?:now|parse)|performance\.|Math\.random|crypto\.|process\.|setTimeout|setInterval)/;
const STREAMS = /\b(?:process\.(?:stdout|stderr)|console\.\w+)|\.(?:stdout|stderr)\.write/;

/** What is wrong with one source file; each entry is a sentence that says what to do. `path` is relative to src. */
export function violations(path: string, source: string): readonly string[] {
  const name = path.includes('/') ? path.slice(0, path.indexOf('/')) : path;
  const layer = LAYERS[name];
  if (layer === undefined) return [`src/${path}: '${name}' is in no layer; add it to test/architecture/layers.ts`];
  const code = withoutComments(source);
  return [
    ...importsOf(code).flatMap((found) => importViolation(path, name, layer, found)),
    ...lines(code).flatMap(([text, line]) => lineViolation(path, layer, name, text, line)),
    ...(lines(source).length > 250 && !isPureType(source)
      ? [`src/${path} has more than 250 lines: split it by what its parts do`]
      : []),
  ];
}

/** Nothing of it is left when types are stripped. */
export function isPureType(source: string): boolean {
  return !/^\s*(?:export\s+)?(?:default\s+|async\s+)?(?:function|const|let|class)\b/m.test(source);
}

interface Found {
  readonly specifier: string;
  /** By `import()`. */
  readonly lazy: boolean;
  /** Nothing of it is left when types are stripped. */
  readonly typeOnly: boolean;
}

function importsOf(code: string): readonly Found[] {
  const eager = [...code.matchAll(/^\s*(?:import|export)\s+(?:[\w*{}\s,$]+\sfrom\s+)?['"]([^'"]+)['"]/gm)];
  const lazy = [...code.matchAll(/\bimport\(\s*['"]([^'"]+)['"]/g)];
  return [
    ...eager.map(([text, specifier = '']) => {
      return { specifier, lazy: false, typeOnly: /^\s*(?:import|export)\s+type\b/.test(text) };
    }),
    ...lazy.map(([, specifier = '']) => ({ specifier, lazy: true, typeOnly: false })),
  ];
}

function importViolation(
  path: string,
  own: string,
  layer: Layer,
  { specifier, lazy, typeOnly }: Found,
): readonly string[] {
  const says = (why: string) => [`src/${path} imports '${specifier}': ${why}`];
  if (specifier.startsWith('node:')) {
    return layer.node || (own === 'engines' && lazy)
      ? []
      : says(`${own} may not use Node's own modules; hand in what it needs`);
  }
  if (specifier.startsWith('.')) {
    const target = resolve(path, specifier);
    if (target === own || layer.folders.includes(target)) return [];
    if (layer.lazyFolders?.includes(target))
      return lazy || typeOnly ? [] : says(`${own} may load ${target} only by import()`);
    return says(`${own} may not know ${target}; move what they share into a folder both may import`);
  }
  const name = specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
  if (layer.packages.includes(name)) return [];
  if (layer.lazyPackages?.includes(name)) return lazy ? [] : says('load it only by import()');
  return says(`${own} may not use this package; the table is in test/architecture/layers.ts`);
}

/** The folder under src that a relative import leads to. */
function resolve(path: string, specifier: string): string {
  const parts = path.split('/').slice(0, -1);
  for (const part of specifier.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.') parts.push(part);
  }
  return parts[0] ?? '';
}

function lineViolation(path: string, layer: Layer, name: string, text: string, line: number): readonly string[] {
  const at = `src/${path}:${line}`;
  const wrong: string[] = [];
  if (/\bprocess\.exit\b/.test(text)) wrong.push(`${at} calls process.exit: return an exit code instead`);
  if (/\bexitCode\s*=[^=]/.test(text) && /process/.test(text)) wrong.push(`${at} sets the exit code: only bin does`);
  if (layer.pure && PURE_FORBIDDEN.test(text)) {
    wrong.push(`${at} reads clock, environment or chance: ${name} is pure, let the caller hand it in`);
  }
  if (!layer.streams && STREAMS.test(text)) wrong.push(`${at} writes to a stream: only sinks, tui and cli may`);
  return wrong;
}

function lines(text: string): readonly (readonly [string, number])[] {
  return text
    .replace(/\n$/, '')
    .split('\n')
    .map((line, index) => [line, index + 1] as const);
}

/** Comments blanked out, line numbers kept. A `//` inside a string (`ws://…`) stays. */
function withoutComments(source: string): string {
  return source
    .replace(/\/\*[\s\S]*?\*\//g, (comment) => comment.replace(/[^\n]/g, ' '))
    .replace(/(^|[\s;{}(),])\/\/[^\n]*/g, '$1');
}
