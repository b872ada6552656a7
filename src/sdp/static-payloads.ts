/** The static payload types 0–34 of RFC 3551 6 (tables 4 and 5), which need no `a=rtpmap`. */

export interface StaticPayload {
  readonly name: string;
  readonly clockRate: number;
  readonly channels: number;
}

const entry = (name: string, clockRate: number, channels = 1): StaticPayload => ({ name, clockRate, channels });

/** By payload type, as text. */
export const STATIC_PAYLOADS: ReadonlyMap<string, StaticPayload> = new Map([
  ['0', entry('PCMU', 8000)],
  ['3', entry('GSM', 8000)],
  ['4', entry('G723', 8000)],
  ['5', entry('DVI4', 8000)],
  ['6', entry('DVI4', 16000)],
  ['7', entry('LPC', 8000)],
  ['8', entry('PCMA', 8000)],
  ['9', entry('G722', 8000)],
  ['10', entry('L16', 44100, 2)],
  ['11', entry('L16', 44100)],
  ['12', entry('QCELP', 8000)],
  ['13', entry('CN', 8000)],
  ['14', entry('MPA', 90000)],
  ['15', entry('G728', 8000)],
  ['16', entry('DVI4', 11025)],
  ['17', entry('DVI4', 22050)],
  ['18', entry('G729', 8000)],
  ['25', entry('CelB', 90000)],
  ['26', entry('JPEG', 90000)],
  ['28', entry('nv', 90000)],
  ['31', entry('H261', 90000)],
  ['32', entry('MPV', 90000)],
  ['33', entry('MP2T', 90000)],
  ['34', entry('H263', 90000)],
]);
