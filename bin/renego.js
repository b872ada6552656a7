#!/usr/bin/env node
// Starts the bundled program. Kept this thin on purpose: everything else is a function of (argv, io).
// In words that any Node can read: one that is too old for the rest is told so, not shown a syntax error.

const OLDEST = 20;
const COULD_NOT_START = 3;

// A handle that is still open some seconds later is a bug, but no reason to keep a terminal waiting for its prompt.
const LAST_RESORT_MS = 4000;

if (Number.parseInt(process.versions.node, 10) < OLDEST) {
  process.stderr.write(
    `renego: this is Node ${process.versions.node}, which is too old [NODE_TOO_OLD]\n` +
      '  renego needs Node 22.12 or newer (20.20 works too). Install one from https://nodejs.org or with your version\n' +
      '  manager, or borrow one: npx --package=node@22 --package=renego -- renego --help\n',
  );
  process.exitCode = COULD_NOT_START;
} else {
  start();
}

function start() {
  const { enableCompileCache } = require('node:module');
  if (enableCompileCache) enableCompileCache();
  process.env.NODE_ENV = 'production';
  require('../dist/bin/main.cjs')
    .run(process.argv.slice(2), process)
    .then((code) => {
      process.exitCode = code;
      setTimeout(() => process.reallyExit(process.exitCode), LAST_RESORT_MS).unref();
    });
}
