/** One line of the frames format. */

export interface CapturedFrame {
  readonly t: number;
  /** From the client to the server. */
  readonly out: boolean;
  readonly conn: string;
  readonly encoding: 'text' | 'base64';
  readonly data: string;
}

/** Undefined if the line is no frame. */
export function readFrame(line: Readonly<Record<string, unknown>> | undefined): CapturedFrame | undefined {
  if (line === undefined) return undefined;
  const { t, dir, conn, opcode, data } = line;
  if ((dir !== 'c2s' && dir !== 's2c') || typeof data !== 'string') return undefined;
  return {
    t: typeof t === 'number' && Number.isFinite(t) ? t : 0,
    out: dir === 'c2s',
    conn: typeof conn === 'string' || typeof conn === 'number' ? String(conn) : 'client',
    encoding: opcode === 'binary' ? 'base64' : 'text',
    data,
  };
}
