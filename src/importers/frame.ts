/** One line of the frames format, with the signals its payload holds. */
import { type FoundSignal, findSignals, findSignalsInText } from '../core/find-signals.ts';
import { isObject } from '../session/lines.ts';

export interface CapturedFrame {
  readonly t: number;
  /** From the client to the server. */
  readonly out: boolean;
  readonly conn: string;
  readonly encoding: 'text' | 'base64';
  readonly data: string;
  /** The payload, if it is a JSON object; else {}. */
  readonly message: Readonly<Record<string, unknown>>;
  readonly found: readonly FoundSignal[];
}

/** Undefined if the line is no frame. */
export function readFrame(line: Readonly<Record<string, unknown>> | undefined): CapturedFrame | undefined {
  if (line === undefined) return undefined;
  const { t, dir, conn, opcode, data } = line;
  if ((dir !== 'c2s' && dir !== 's2c') || typeof data !== 'string') return undefined;
  const encoding = opcode === 'binary' ? 'base64' : 'text';
  const message = encoding === 'text' ? readJson(data) : undefined;
  return {
    t: typeof t === 'number' && Number.isFinite(t) ? t : 0,
    out: dir === 'c2s',
    conn: typeof conn === 'string' || typeof conn === 'number' ? String(conn) : 'client',
    encoding,
    data,
    message: isObject(message) ? message : {},
    found: encoding === 'base64' ? [] : message === undefined ? findSignalsInText(data) : findSignals(message),
  };
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
