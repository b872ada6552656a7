/**
 * Loads the files of the bundled program, and keeps what V8 has compiled of them by the end of a command for the next
 * start of the same command: compiling takes longer than most commands' work. (Node's own compile cache, which 20 lacks,
 * keeps what is compiled when a file is loaded: not the functions, which V8 compiles when they are called.)
 *
 * V8 takes back only what its own version made, with the same flags, and does not look for damage; so damage, files of
 * others and of another build of Node are kept from it here. In every doubt, and where the folder cannot be written, the
 * program is compiled anew: what it does is the same.
 */
const fs = require('node:fs');
const { dirname, join } = require('node:path');
const { Script } = require('node:vm');

const PROGRAM = join(__dirname, '../dist/bin');
const ENTRY = 'main.cjs';
/** Names with the hash of what is in the file: another text has another name. */
const HASHED = /-[\w-]{8}\.cjs$/;
/** V8 lets go of what was not used for long: at the end of a long run the functions of its start are no longer there. */
const SHORT_RUN_MS = 60_000;
const OLD_MS = 60 * 24 * 60 * 60 * 1000;
/** V8 copies what does not begin at a multiple of this. */
const ALIGNED = 8;
const padding = (length) => (ALIGNED - (length % ALIGNED)) % ALIGNED;

/** The program's loader. `command` names what is kept: it is to be kept only after a command of that name has worked. */
exports.openProgram = (command, env) => {
  const file = fileFor(command, env);
  const kept = file === undefined ? new Map() : read(file);
  const modules = new Map();
  const scripts = new Map();
  let news = false;

  const load = (id) => {
    const name = id.slice('./'.length);
    if (name !== ENTRY && !HASHED.test(name)) return require(id.startsWith('.') ? join(PROGRAM, id) : id);
    const loaded = modules.get(name);
    if (loaded !== undefined) return loaded.exports;
    const module = { exports: {} };
    modules.set(name, module);
    const filename = join(PROGRAM, name);
    const bytes = fs.readFileSync(filename);
    // Of the text V8 compares only the length.
    const sum = file !== undefined && HASHED.test(name) ? sumOf(bytes) : undefined;
    const known = kept.get(name);
    const script = compile(filename, bytes, known?.sum === sum ? known?.data : undefined);
    if (sum !== undefined) {
      scripts.set(name, { script, sum });
      news ||= script.cachedDataRejected !== false;
    }
    script.runInThisContext().call(module.exports, module.exports, load, module, filename, PROGRAM);
    return module.exports;
  };

  return {
    load,
    keep() {
      if (file === undefined || !news || process.uptime() * 1000 > SHORT_RUN_MS) return;
      try {
        write(file, dataOf(scripts, kept));
      } catch {
        // A folder that cannot be written, a full disk: the next start compiles again.
      }
    },
  };
};

/** The bundle is plain ASCII: read as Latin-1, V8 needs one byte a character. */
function compile(filename, bytes, cachedData) {
  const text = bytes.latin1Slice();
  const wrapped = `(function (exports, require, module, __filename, __dirname) {${text}\n})`;
  return new Script(wrapped, { filename, cachedData });
}

/** One file for each command and Node, in the user's cache folder (XDG). Undefined where nothing is to be kept. */
function fileFor(command, env) {
  if (command === undefined || env.NODE_DISABLE_COMPILE_CACHE) return undefined;
  const { homedir } = require('node:os');
  const local = process.platform === 'win32' ? env.LOCALAPPDATA : undefined;
  const cache = env.XDG_CACHE_HOME || local || join(env.HOME || homedir(), '.cache');
  return join(cache, 'renego', `${process.version}-${process.arch}-${command}.code`);
}

/**
 * What is kept of each file, by name: a line of JSON, then V8's data. Nothing of a file that somebody else could have
 * written: it would be run.
 */
function read(file) {
  try {
    const { uid, mode } = fs.statSync(file);
    if (process.getuid !== undefined && (uid !== process.getuid() || (mode & 0o022) !== 0)) return new Map();
    const bytes = fs.readFileSync(file);
    const end = bytes.indexOf('\n');
    const { node, sum, files } = JSON.parse(bytes.latin1Slice(0, end));
    const data = bytes.subarray(end + 1 + padding(end + 1));
    if (node !== process.execPath || sum !== sumOf(data)) return new Map();
    let at = 0;
    return new Map(
      files.map(([name, length, of]) => {
        const start = at;
        at += length + padding(length);
        return [name, { data: data.subarray(start, start + length), sum: of }];
      }),
    );
  } catch {
    return new Map();
  }
}

/** What is kept next, by name: of this run's files, and of those that other options of the command have loaded. */
function dataOf(scripts, kept) {
  const others = [...kept].filter(([name]) => !scripts.has(name) && fs.existsSync(join(PROGRAM, name)));
  const own = [...scripts].map(([name, { script, sum }]) => [name, { data: script.createCachedData(), sum }]);
  return new Map([...others, ...own]);
}

/** In one piece: whoever reads it meanwhile finds the old file or the new one. */
function write(file, made) {
  const data = Buffer.concat([...made.values()].flatMap((one) => [one.data, Buffer.alloc(padding(one.data.length))]));
  const files = [...made].map(
    ([
      name,
      {
        data: { length },
        sum,
      },
    ]) => [name, length, sum],
  );
  const head = Buffer.from(`${JSON.stringify({ node: process.execPath, sum: sumOf(data), files })}\n`);
  const folder = dirname(file);
  fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
  const draft = `${file}.${process.pid}`;
  fs.writeFileSync(draft, Buffer.concat([head, Buffer.alloc(padding(head.length)), data]), { mode: 0o600 });
  fs.renameSync(draft, file);
  forgetOld(folder);
}

const sumOf = (data) => require('node:zlib').crc32(data);

/** What no start has needed anew for long, as of a Node that is no longer there. */
function forgetOld(folder) {
  const before = Date.now() - OLD_MS;
  for (const name of fs.readdirSync(folder)) {
    const file = join(folder, name);
    if (/\.code(?:\.\d+)?$/.test(name) && fs.statSync(file).mtimeMs < before) fs.rmSync(file, { force: true });
  }
}
