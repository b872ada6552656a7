#!/usr/bin/env node
// Starts the bundled program. Kept this thin on purpose: everything else is a function of (argv, io).
// In words that any Node can read: one that is too old for the rest is told so, not shown a syntax error.

const OLDEST = 20;
const COULD_NOT_START = 3;
// Up to this the command was one that exists, and did what it is for.
const WORKED = 1;

// By then a command that goes on has started, and done what it does at first.
const STARTED_MS = 5000;

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
  process.env.NODE_ENV = 'production';
  const argv = process.argv.slice(2);
  const command = argv.length === 0 ? 'demo' : argv.find((arg) => /^[a-z]{1,20}$/.test(arg));
  const program = require('./chunks.js').openProgram(command, process.env);
  // A screen is left when its user likes, by a signal too, and V8 lets go of what was not used for long.
  setTimeout(() => program.keep(true), STARTED_MS).unref();
  program
    .load('./main.cjs')
    .runHere(argv)
    .then(({ code, written }) => {
      if (code <= WORKED) program.keep();
      // What Node would do before it ends is worth nothing where it has nothing left to wait for.
      if (written && !program.foreign && process.getActiveResourcesInfo().length === 0) process.exit(code);
      process.exitCode = code;
      setTimeout(() => process.reallyExit(process.exitCode), LAST_RESORT_MS).unref();
    });
}
