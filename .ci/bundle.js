/**
 * Makes the program of what tsc has made: few files, so that starting it means reading little. The library stays tsc's
 * own output in `dist`; this goes to `dist/bin`, as CommonJS, which Node loads faster than modules of its own kind.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'rolldown';
import { parseAst } from 'rolldown/parseAst';
import { changed, found } from './patching.js';
import { lazyRuleParts, RULE_GROUPS } from './rule-parts.js';

const PACKAGE = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));

/** yoga-layout waits for its WebAssembly; compiled in place it is there at once, and in a quarter of the time. */
const layoutAtOnce = {
  name: 'layout-at-once',
  load: {
    filter: { id: /yoga-layout\/dist\/src\/index\.js$/ },
    handler(id) {
      const binary = readFileSync(id.replace('src/index.js', 'binaries/yoga-wasm-base64-esm.js'), 'utf8');
      const wasm = found(/base64,([A-Za-z0-9+/=]+)/.exec(binary), 'the WebAssembly of yoga-layout')[1];
      return `
        import start from '../binaries/yoga-wasm-base64-esm.js';
        import wrapAssembly from './wrapAssembly.js';
        const library = {
          wasmBinary: 1,
          instantiateWasm(imports, receive) {
            const compiled = new WebAssembly.Module(Buffer.from('${wasm}', 'base64'));
            const instance = new WebAssembly.Instance(compiled, imports);
            receive(instance);
            return instance.exports;
          },
        };
        start(library);
        export default wrapAssembly(library);
        export * from './generated/YGEnums.js';`;
    },
  },
};

/** The binary in yoga-layout's own loader is not needed twice. */
const layoutOnce = {
  name: 'layout-once',
  transform: {
    filter: { id: /yoga-wasm-base64-esm\.js$/ },
    handler: (code) =>
      changed(code, [
        [/base64,[A-Za-z0-9+/=]+/, 'base64,'],
        ['import.meta.url', 'undefined'],
      ]),
  },
};

/** ink waits for React's developer tools, where DEV is set; there are none in this program. */
const withoutDevtools = {
  name: 'without-devtools',
  transform: {
    filter: { id: /ink\/build\/reconciler\.js$/ },
    handler: (code) => changed(code, [[/^if \(process\.env\['DEV'\] === 'true'\) \{$[\s\S]*?^\}$/gm, '']]),
  },
};

/** One measure of widths for all, ink too: the one in core, which knows most texts without a look at the tables. */
const oneWidth = {
  name: 'one-width',
  resolveId: {
    filter: { id: /^string-width$/ },
    handler(_, importer) {
      return importer?.endsWith('/core/text.js') ? null : '\0width';
    },
  },
  load: {
    filter: { id: /^\0width$/ },
    handler: () => `export { displayWidth as default } from '${import.meta.dirname}/../dist/core/text.js';`,
  },
  transform: {
    filter: { id: /node_modules\/string-width\/index\.js$/ },
    /** Its tables of emoji and its segmenter take 25 ms to make; most texts do without. */
    handler(code) {
      const lazy = code.replace(/^const (\w+Regex|segmenter) = (.*);$/gm, (_, name, made) => {
        // Even in a function that is never called, a literal would be checked against the tables.
        const literal = /^\/(.*)\/v$/.exec(made);
        const value = literal === null ? made : `new RegExp(${JSON.stringify(literal[1])}, 'v')`;
        return `let ${name}_;\nconst ${name}Of = () => (${name}_ ??= ${value});`;
      });
      const names = [...lazy.matchAll(/^const (\w+)Of = /gm)].map(([, name]) => name);
      found(names.includes('emojiPrefixRegex') || undefined, 'the table of emoji in string-width');
      return names.reduce((text, name) => text.replace(new RegExp(`\\b${name}\\b`, 'g'), `${name}Of()`), lazy);
    },
  },
};

/** Loading the tables of the first segmenter takes 7 ms; ink's packages make theirs when they are loaded, and few texts need them. */
const lazySegmenters = {
  name: 'lazy-segmenters',
  transform: {
    filter: { id: /(?:ansi-tokenize\/build\/tokenize|ink\/build\/line-update|slice-ansi\/tokenize-ansi|wrap-ansi\/index)\.js$/ },
    handler: (code) =>
      changed(code, [
        [
          /^const (\w+) = (new Intl\.Segmenter\(.*\));$/m,
          'let $1_;\nconst $1 = { segment: (text) => ($1_ ??= $2).segment(text) };',
        ],
      ]),
  },
};

/** Settings know the rules by name only; so who sets none need not load them. */
const ruleNames = {
  name: 'rule-names',
  transform: {
    filter: { id: /dist\/cli\/settings\.js$/ },
    async handler(code) {
      const { catalogue } = await import('../dist/rules/index.js');
      const names = JSON.stringify(catalogue.map(({ id }) => ({ id })));
      return changed(code, [["import { catalogue } from '../rules/index.js';", `const catalogue = ${names};`]]);
    },
  },
};

/** Node's tty would bring net with it. */
const lazyTerminal = {
  name: 'lazy-terminal',
  transform: {
    filter: { id: /chalk\/source\/vendor\/supports-color\/index\.js$/ },
    handler: (code) =>
      changed(code, [
        ["import tty from 'node:tty';\n", ''],
        [/^/, `import { isTerminal } from '${import.meta.dirname}/../dist/cli/streams.js';\n`],
        ['tty.isatty(1)', 'isTerminal(1)'],
        ['tty.isatty(2)', 'isTerminal(2)'],
      ]),
  },
};

/** The same of commander, which would start commands that are programs of their own. */
const lazyChildProcess = {
  name: 'lazy-child-process',
  transform: {
    filter: { id: /commander\/lib\/command\.js$/ },
    handler: (code) =>
      changed(code, [
        ["import childProcess from 'node:child_process';\n", ''],
        [/\bchildProcess\.spawn\(/g, "process.getBuiltinModule('node:child_process').spawn("],
      ]),
  },
};

/** What `renego --version` says does not have to be read from package.json each time. */
const knownVersion = {
  name: 'known-version',
  load: {
    filter: { id: /dist\/cli\/version\.js$/ },
    handler: () => `export const version = () => ${JSON.stringify(PACKAGE.version)};`,
  },
};

/** One byte a character: read in less time, and kept by the engine in half the memory. */
const plainAscii = {
  name: 'plain-ascii',
  generateBundle(_, bundle) {
    for (const chunk of Object.values(bundle).filter(({ type }) => type === 'chunk')) {
      const raw = /String\.raw`[^`]*[^\0-\x7f`]/.exec(chunk.code);
      found(raw === null || undefined, `a way to write ${raw} in ASCII`);
      chunk.code = chunk.code.replace(/(\\*)([^\0-\x7f])/g, (_, slashes, unit) => {
        found(slashes.length % 2 === 0 || undefined, `a way to write \\${unit} in ASCII`);
        return `${slashes}\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
      });
    }
  },
};

/** Code that V8 takes from a cache cannot import: a file that Node itself loads does it for all. */
const importsElsewhere = {
  name: 'imports-elsewhere',
  generateBundle(_, bundle) {
    for (const chunk of Object.values(bundle).filter(({ type }) => type === 'chunk'))
      for (const { start, source } of nodesIn(parseAst(chunk.code), /^ImportExpression$/).sort((a, b) => b.start - a.start))
        chunk.code = `${chunk.code.slice(0, start)}require("./import.cjs")(${chunk.code.slice(source.start)}`;
    this.emitFile({ type: 'asset', fileName: 'import.cjs', source: 'module.exports = (id) => import(id);\n' });
  },
};

function nodesIn(node, type) {
  if (typeof node !== 'object' || node === null) return [];
  const inside = Object.values(node).flatMap((one) => nodesIn(one, type));
  return type.test(node.type) ? [node, ...inside] : inside;
}

/**
 * What a chunk gives to others and never assigns again is given as it is, not by a getter for each: these take long to
 * make, and to ask.
 */
const plainExports = {
  name: 'plain-exports',
  generateBundle(_, bundle) {
    for (const chunk of Object.values(bundle).filter(({ type }) => type === 'chunk')) {
      const program = parseAst(chunk.code);
      const assigned = new Set(nodesIn(program, ASSIGNS).flatMap((node) => namesIn(node.left ?? node.argument)));
      for (const { start, end, arguments: args } of exportsIn(program).reverse()) {
        const [, name, { properties }] = args;
        const value = properties.find(({ key }) => key.name === 'get').value.body.body[0].argument;
        if (value.type !== 'Identifier' || assigned.has(value.name)) continue;
        chunk.code = `${chunk.code.slice(0, start)}exports[${JSON.stringify(name.value)}]=${value.name}${chunk.code.slice(end)}`;
      }
    }
  },
};

const ASSIGNS = /^(?:AssignmentExpression|UpdateExpression|ForInStatement|ForOfStatement)$/;
const namesIn = (pattern) => nodesIn(pattern, /^Identifier$/).map(({ name }) => name);

/** The calls of `Object.defineProperty(exports, name, { get })`, in order. */
function exportsIn(program) {
  return nodesIn(program, /^CallExpression$/).filter(
    ({ callee, arguments: [to, name] }) =>
      callee.object?.name === 'Object' &&
      callee.property.name === 'defineProperty' &&
      to.name === 'exports' &&
      typeof name.value === 'string' &&
      name.value !== '__esModule',
  );
}

/** As an import of all of Node's module gives it, without a copy of each thing in it. */
const nodeAsItIs = {
  name: 'node-as-it-is',
  generateBundle(_, bundle) {
    for (const chunk of Object.values(bundle).filter(({ type }) => type === 'chunk')) {
      const required = [...chunk.code.matchAll(/\b([\w$]+)=require\(["'`]node:[^)]*\);\1=[\w$]+\.[\w$]+\(\1,1\)/g)];
      for (const [text, name] of required)
        chunk.code = chunk.code.replace(text, () => text.replace(/;[^;]*$/, `;${name}={default:${name},__proto__:${name}}`));
    }
  },
};

/** Each chunk is a function expression for `bin/chunks.js`, which else would have to copy its text around it. */
const asFunctions = {
  name: 'as-functions',
  generateBundle(_, bundle) {
    for (const chunk of Object.values(bundle).filter(({ type }) => type === 'chunk'))
      chunk.code = `(function (exports, require, module, __filename, __dirname) {${chunk.code}\n})`;
  },
};

/** The licences of the packages whose code is in the program. */
const notices = {
  name: 'notices',
  generateBundle(_, bundle) {
    const modules = Object.values(bundle).flatMap(({ moduleIds = [] }) => moduleIds);
    const folders = modules.flatMap((id) => /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(id) ?? []);
    const parts = [...new Set(folders)].sort().map((folder) => {
      const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
      const file = readdirSync(folder).find((one) => /^licen[cs]e/i.test(one));
      const text = file === undefined ? '' : `\n${readFileSync(join(folder, file), 'utf8').trim()}\n`;
      return `${name} ${version} (${found(license, `the licence of ${name}`)})\n${text}`;
    });
    const head = 'The program in this folder holds code of these packages, under their licences.\n';
    const source = [head, ...new Set(parts)].join(`\n${'-'.repeat(80)}\n`);
    this.emitFile({ type: 'asset', fileName: 'THIRD-PARTY.txt', source });
  },
};

/** A patch of a file that has moved, or a chunk that gets no file, would be left out without a word. */
const imported = new Map();
const everyPatch = {
  name: 'every-patch',
  moduleParsed: ({ id, importedIds }) => void imported.set(id, importedIds),
  generateBundle(_, bundle) {
    for (const { name, load, transform } of PATCHES)
      for (const id of [load, transform].flatMap((hook) => hook?.filter.id ?? []))
        found(
          [...imported.keys()].find((module) => id.test(module)),
          `the file that ${name} is about, ${id}`,
        );
    const chunks = Object.values(bundle);
    for (const { name } of GROUPS)
      found(
        chunks.find((chunk) => chunk.name === name),
        `a module of the chunk ${name}`,
      );
  },
};

const COLOUR = /dist\/cli\/colour\.js|node_modules\/chalk\//;
const COMMON =
  /dist\/(?:sdp|core|session)\/|dist\/importers\/(?:plain|reading)\.js|dist\/cli\/(?:io|load|input|event-store|config|settings|filter)\.js|dist\/rules\/finding-store/;

/** The modules that are loaded with one, beside those it imports when they are used. */
function neededBy(path) {
  const start = [...imported.keys()].find((id) => id.endsWith(path));
  const needed = new Set([found(start, path)]);
  for (const id of needed) for (const other of imported.get(id) ?? []) needed.add(other);
  return needed;
}

const GROUPS = [
  { name: 'main', tags: ['$initial'], priority: 9 },
  // What help and all others need, or commander would be loaded for it.
  {
    name: 'width',
    test: /dist\/core\/text\.js|dist\/cli\/errors\.js|dist\/sinks\/(?:ascii|wrap)\.js|node_modules\/(?:string-width|get-east-asian-width|strip-ansi|ansi-regex)\//,
    priority: 8.5,
  },
  { name: 'commander', test: /dist\/cli\/program\.js|node_modules\/commander\//, priority: 8 },
  // What `diff` needs, as do all that read a session.
  {
    name: 'core',
    test: (id) => COLOUR.test(id) || (COMMON.test(id) && neededBy('dist/cli/commands/diff.js').has(id)),
    priority: 7,
  },
  // Opening a file takes as long as running what a small one holds: what a command always comes to is in one.
  { name: 'diff', test: /dist\/cli\/(?:commands\/diff|compared-text)\.js|dist\/sinks\/diff-text\.js/, priority: 6.95 },
  {
    name: 'findings',
    test: /dist\/cli\/(?:judged|save|unrecognised)\.js|dist\/sinks\/(?:finding-lines|check\/(?:report|text))\.js/,
    priority: 6.95,
  },
  { name: 'explain', test: /dist\/sdp\/(?:explain|meanings|word-diff)\.js|node_modules\/sdp-transform\//, priority: 6.9 },
  { name: 'redact', test: /dist\/session\/redact/, priority: 6.9 },
  { name: 'filter', test: COMMON, priority: 6.8 },
  ...RULE_GROUPS,
  { name: 'rules', test: /dist\/rules\/(?!example\.js)[^?]+$/, priority: 6 },
  { name: 'screen', test: /dist\/tui\/(?!app|mount)|dist\/cli\/(?:commands\/view|screen|ending)\.js/, priority: 6.5 },
  { name: 'ink', test: /dist\/tui\/|node_modules\/(?:ink|react|react-reconciler|yoga-layout)\//, priority: 5 },
];

const PATCHES = [
  layoutAtOnce,
  layoutOnce,
  withoutDevtools,
  lazyRuleParts,
  oneWidth,
  lazySegmenters,
  ruleNames,
  lazyTerminal,
  lazyChildProcess,
  knownVersion,
];

await build({
  input: { main: 'dist/cli/main.js' },
  platform: 'node',
  logLevel: 'warn',
  external: ['@roamhq/wrtc', 'bufferutil', 'utf-8-validate'],
  transform: { define: { 'process.env.NODE_ENV': '"production"', 'process.env.DEV': '"false"' } },
  plugins: [...PATCHES, everyPatch, plainAscii, plainExports, nodeAsItIs, importsElsewhere, asFunctions, notices],
  output: {
    dir: 'dist/bin',
    format: 'cjs',
    entryFileNames: '[name].cjs',
    chunkFileNames: '[name]-[hash].cjs',
    codeSplitting: { groups: GROUPS },
    // Functions and classes keep their names, for stacks that can be read.
    minify: { compress: true, mangle: { keepNames: { function: true, class: true } }, codegen: true },
  },
});
