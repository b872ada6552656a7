/** Colour, decided once: `--color`/`--no-color`, then NO_COLOR, then FORCE_COLOR, then whether stdout is a terminal. */
import chalk, { supportsColor } from 'chalk';
import type { Io } from './io.ts';

export type ColourLevel = 0 | 1 | 2 | 3;

/** The level to use. `flag` is what the command line says, if anything; `detected` is what the terminal can do. */
export function colourLevel(flag: boolean | undefined, io: Io, detected: ColourLevel): ColourLevel {
  const atLeastBasic = detected === 0 ? 1 : detected;
  if (flag !== undefined) return flag ? atLeastBasic : 0;
  if (io.env.NO_COLOR) return 0;
  const forced = io.env.FORCE_COLOR;
  if (forced !== undefined) return forcedLevel(forced, atLeastBasic);
  return io.stdout.isTTY === true && io.env.TERM !== 'dumb' ? atLeastBasic : 0;
}

function forcedLevel(value: string, fallback: ColourLevel): ColourLevel {
  if (value === 'false') return 0;
  return /^[0-3]$/.test(value) ? (Number(value) as ColourLevel) : fallback;
}

/** Sets the level of the one chalk that sinks, tui and ink share. Has to happen before ink is imported. */
export function applyColour(flag: boolean | undefined, io: Io): void {
  chalk.level = colourLevel(flag, io, supportsColor === false ? 0 : (supportsColor.level as ColourLevel));
}
