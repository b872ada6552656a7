/** One line of the frames format, with the signals its payload holds. */
import { type Address, addressOf, type CorrelationIds, correlationIds, sipIds } from '../core/correlate.ts';
import { type FoundInContext, type FoundSignal, findInJson, findInText } from '../core/find-signals.ts';
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
  /** For each of them, the ids that may tell its peer connection. */
  readonly ids: readonly CorrelationIds[];
  /** Who the first of them says it is from and for. */
  readonly address: Address;
}

/** Undefined if the line is no frame. */
export function readFrame(line: Readonly<Record<string, unknown>> | undefined): CapturedFrame | undefined {
  if (line === undefined) return undefined;
  const { t, dir, conn, opcode, data } = line;
  if ((dir !== 'c2s' && dir !== 's2c') || typeof data !== 'string') return undefined;
  const encoding = opcode === 'binary' ? 'base64' : 'text';
  const message = encoding === 'text' ? readJson(data) : undefined;
  const found = encoding === 'base64' ? [] : message === undefined ? findInText(data) : findInJson(message);
  return {
    t: typeof t === 'number' && Number.isFinite(t) ? t : 0,
    out: dir === 'c2s',
    conn: typeof conn === 'string' || typeof conn === 'number' ? String(conn) : 'client',
    encoding,
    data,
    message: isObject(message) ? message : {},
    found: found.map(({ signal }) => signal),
    ids: idsOf(found, data),
    address: addressOf(found[0]?.around ?? []),
  };
}

function idsOf(found: readonly FoundInContext[], data: string): readonly CorrelationIds[] {
  const sip = found.length > 0 && /^(?:[A-Z]+ \S+ SIP\/2\.0|SIP\/2\.0 \d{3})/.test(data);
  return found.map(({ around }) => (sip ? sipIds(data) : correlationIds(around)));
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
