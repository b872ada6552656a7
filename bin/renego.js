#!/usr/bin/env node
// Starts the bundled program. Kept this thin on purpose: everything else is a function of (argv, io).
require('node:module').enableCompileCache?.();
process.env.NODE_ENV = 'production';

// A handle that is still open some seconds later is a bug, but no reason to keep a terminal waiting for its prompt.
const LAST_RESORT_MS = 4000;

require('../dist/bin/main.cjs')
  .run(process.argv.slice(2), process)
  .then((code) => {
    process.exitCode = code;
    setTimeout(() => process.reallyExit(process.exitCode), LAST_RESORT_MS).unref();
  });
