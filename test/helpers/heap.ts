/** Memory that is really used. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');

/** Collects what nobody refers to. */
export const collect = runInNewContext('gc') as () => void;

/** Bytes of the heap after that. */
export function heap(): number {
  collect();
  return process.memoryUsage().heapUsed;
}
