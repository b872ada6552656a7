#!/usr/bin/env node
// Starts the compiled program. Kept this thin on purpose: everything else is a function of (argv, io).
import module from 'node:module';

module.enableCompileCache?.();
process.env.NODE_ENV = 'production';

const { run } = await import('../dist/cli/main.js');
process.exitCode = await run(process.argv.slice(2), process);

// A handle that is still open some seconds later is a bug, but no reason to keep a terminal waiting for its prompt.
const LAST_RESORT_MS = 4000;
setTimeout(() => process.reallyExit(process.exitCode), LAST_RESORT_MS).unref();
