/**
 * Loads the files of the bundled program, with what V8 has compiled of them by the end of an earlier run of the same
 * command: compiling takes longer than most commands' work. (Node's own compile cache, which 20 lacks, keeps what is
 * compiled when a file is loaded: not the functions, which V8 compiles when they are called.)
 *
 * V8 takes back only what its own version made, with the same flags, and does not look for damage; so damage, files of
 * others and of another build of Node are kept from it here. In every doubt, and where the folder cannot be written, the
 * program is compiled anew: what it does is the same.
 */
const fs = require('node:fs');
const { join } = require('node:path');
const { Script } = require('node:vm');

const PROGRAM = join(__dirname, '../dist/bin');
const ENTRY = './main.cjs';
/** Names with the hash of what is in the file: another text has another name. */
const HASHED = /-[\w-]{8}\.cjs$/;
/** V8 lets go of what was not used for long: at the end of a long run the functions of its start are no longer there. */
const SHORT_RUN_MS = 60_000;
/** V8 copies what does not begin at a multiple of this. */
const ALIGNED = 8;
const PIECE = 64 * 1024;
exports.padding = (length) => (ALIGNED - (length % ALIGNED)) % ALIGNED;

/** What is not in the bundle, and what loads such. */
const FOREIGN = /^(?:\.|@|bufferutil$|utf-8-validate$)/;
/** Of Node's own modules those that are there when Node has started; any other is loaded when it is used. */
const LOADED = /^(?:node:)?(?:assert|buffer|events|fs|module|path|timers|url|util|vm)$/;

/** The program's loader. `command` names what is kept: it is to be kept only after a command of that name has worked. */
exports.openProgram = (command, env) => {
  let file = fileFor(command, env);
  const kept = file === undefined ? new Map() : read(file);
  const modules = new Map();
  const scripts = new Map();
  /** `foreign`: code of other packages was loaded, which may have more to do at the end than is known here. */
  const program = { load, keep, foreign: false };
  let news = false;

  function load(id) {
    const loaded = modules.get(id);
    if (loaded !== undefined) return loaded.exports;
    const module = { exports: {} };
    modules.set(id, module);
    if (HASHED.test(id) || id === ENTRY) run(id, module);
    else if (id === 'node:process') module.exports = process;
    else if (FOREIGN.test(id)) {
      program.foreign = true;
      module.exports = require(id.startsWith('.') ? join(PROGRAM, id) : id);
    } else module.exports = LOADED.test(id) ? require(id) : later(id, used);
    return module.exports;
  }

  /** The file is a function expression: see `.ci/bundle.js`. It is plain ASCII: as Latin-1, V8 needs one byte a character. */
  function run(id, module) {
    const filename = join(PROGRAM, id);
    const { text, state } = textOf(filename);
    const known = kept.get(id);
    const script = new Script(text, { filename, cachedData: known?.state === state ? known.data : undefined });
    if (file !== undefined && id !== ENTRY) {
      scripts.set(id, { script, state });
      news ||= script.cachedDataRejected !== false;
    }
    script.runInThisContext()(module.exports, load, module, filename, PROGRAM);
  }

  /** Through `v8` the program changes flags, and V8 would take nothing back at the next start, which has others. */
  function used(id) {
    if (id === 'node:v8') file = undefined;
    return require(id);
  }

  /** `meanwhile`: in a run that goes on. */
  function keep(meanwhile) {
    if (file !== undefined && news && process.uptime() * 1000 < SHORT_RUN_MS)
      require('./keep.js').keep(file, scripts, kept, PROGRAM, meanwhile);
  }

  return program;
};

/** Of the text V8 compares only the length; `state` tells one that was changed in place. */
function textOf(filename) {
  const { size, mtimeMs, ctimeMs } = fs.statSync(filename);
  return { text: fs.readFileSync(filename, 'latin1'), state: `${size} ${mtimeMs} ${ctimeMs}` };
}

/** A module of Node that is loaded with the first look at what is in it, by `used`. */
function later(id, used) {
  return new Proxy(
    {},
    {
      get: (_, name) => used(id)[name],
      has: (_, name) => name in used(id),
      ownKeys: () => Reflect.ownKeys(used(id)),
      getOwnPropertyDescriptor: (_, name) => {
        const known = Reflect.getOwnPropertyDescriptor(used(id), name);
        return known && { ...known, configurable: true };
      },
    },
  );
}

/** One file for each command and Node, in the user's cache folder (XDG). Undefined where nothing is to be kept. */
function fileFor(command, env) {
  if (command === undefined || env.NODE_DISABLE_COMPILE_CACHE) return undefined;
  const local = process.platform === 'win32' ? env.LOCALAPPDATA : undefined;
  const cache = env.XDG_CACHE_HOME || local || join(env.HOME || require('node:os').homedir(), '.cache');
  return join(cache, 'renego', `${process.version}-${process.arch}-${command}.code`);
}

/**
 * What is kept of each file, by name: a line of JSON, then V8's data. All of it stands there twice, as what is the same in
 * both places is not damaged (a sum would take longer: Node has to load its zlib for that). Nothing of a file that somebody
 * else could have written: it would be run.
 */
function read(file) {
  let open;
  try {
    open = fs.openSync(file);
    const { uid, mode, size } = fs.fstatSync(open);
    if (process.getuid !== undefined && (uid !== process.getuid() || (mode & 0o022) !== 0)) return new Map();
    const bytes = Buffer.allocUnsafeSlow(size / 2);
    if (fs.readSync(open, bytes) !== bytes.length || !goesOnWith(open, bytes)) return new Map();
    const end = bytes.indexOf(10) + 1;
    const { node, files } = JSON.parse(bytes.latin1Slice(0, end));
    return node === process.execPath ? dataOf(bytes, end + exports.padding(end), files) : new Map();
  } catch {
    return new Map();
  } finally {
    if (open !== undefined) fs.closeSync(open);
  }
}

/** Piece by piece: memory that was not used yet takes longer to get than to fill. */
function goesOnWith(open, bytes) {
  const piece = Buffer.allocUnsafeSlow(PIECE);
  for (let at = 0; at < bytes.length; ) {
    const length = fs.readSync(open, piece);
    if (length === 0 || bytes.compare(piece, 0, length, at, at + length) !== 0) return false;
    at += length;
  }
  return true;
}

function dataOf(bytes, start, files) {
  let at = start;
  const kept = new Map();
  for (const { id, state, length } of files) {
    kept.set(id, { state, data: bytes.subarray(at, at + length) });
    at += length + exports.padding(length);
  }
  return kept;
}
