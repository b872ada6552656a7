/** What the relay's thread runs. */
import { parentPort } from 'node:worker_threads';
import { serveRelay } from './serve.ts';

if (parentPort !== null) serveRelay(parentPort);
