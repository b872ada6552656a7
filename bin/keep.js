/** Writes what V8 has compiled of the program's files by the end of a run, for `chunks.js` to read at the next start. */
const fs = require('node:fs');
const { dirname, join } = require('node:path');
const { padding } = require('./chunks.js');

const OLD_MS = 60 * 24 * 60 * 60 * 1000;

/**
 * `scripts` are of this run; of `kept`, what other options of the command have loaded stays. Nothing where it cannot be
 * written. `meanwhile`: the disk is not waited for.
 */
exports.keep = quietly((file, scripts, kept, program, meanwhile) => {
  const others = [...kept].filter(([id]) => !scripts.has(id) && fs.existsSync(join(program, id)));
  const own = [...scripts].map(([id, { script, state }]) => [id, { state, data: script.createCachedData() }]);
  write(file, [...others, ...own], meanwhile);
});

/** A folder that cannot be written, a full disk: the next start compiles again. */
function quietly(work) {
  return (...args) => {
    try {
      work(...args);
    } catch {}
  };
}

/** In one piece: whoever reads it meanwhile finds the old file or the new one, after a power cut too. */
function write(file, made, meanwhile) {
  const data = Buffer.concat(made.flatMap(([, { data }]) => [data, Buffer.alloc(padding(data.length))]));
  const files = made.map(([id, { state, data }]) => ({ id, state, length: data.length }));
  const head = Buffer.from(`${JSON.stringify({ node: process.execPath, files })}\n`);
  const whole = Buffer.concat([head, Buffer.alloc(padding(head.length)), data]);
  const folder = dirname(file);
  fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
  const draft = `${file}.${Date.now()}${process.pid}`;
  const open = fs.openSync(draft, 'wx', 0o600);
  fs.writeFileSync(open, Buffer.concat([whole, whole]));
  const put = (error) => {
    fs.closeSync(open);
    if (error) fs.rmSync(draft);
    else fs.renameSync(draft, file);
    forgetOld(folder);
  };
  if (meanwhile) fs.fsync(open, quietly(put));
  else {
    fs.fsyncSync(open);
    put();
  }
}

/** What no start has needed anew for long, as of a Node that is no longer there. */
function forgetOld(folder) {
  const before = Date.now() - OLD_MS;
  for (const name of fs.readdirSync(folder)) {
    const file = join(folder, name);
    if (/\.code(?:\.\d+)?$/.test(name) && fs.statSync(file).mtimeMs < before) fs.rmSync(file, { force: true });
  }
}
