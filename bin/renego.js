#!/usr/bin/env node
// Starts the compiled program. Kept this thin on purpose: everything else is a function of (argv, io).
import module from 'node:module';

module.enableCompileCache?.();
process.env.NODE_ENV = 'production';

const { run } = await import('../dist/cli/main.js');
process.exitCode = await run(process.argv.slice(2), process);
