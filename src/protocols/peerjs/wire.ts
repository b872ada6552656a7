/** One message of PeerJS, read into typed values. Everything in it is a stranger's. */
import { clip, isObject, parseJson } from '../json.ts';
import type { Frame } from '../protocol.ts';

export interface PeerJsMessage {
  readonly type: string;
  /** Added by the server. */
  readonly src?: string;
  readonly dst?: string;
  readonly connectionId?: string;
  readonly payload: Record<string, unknown>;
}

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

/** Reads one frame; `fault` says why it is no message. Never throws. */
export function readPeerJs(frame: Frame): PeerJsMessage | { readonly fault: string } {
  if (frame.encoding === 'base64') return { fault: 'binary frame' };
  const body = parseJson(frame.data);
  if (!isObject(body)) return { fault: body === undefined ? 'not JSON' : 'JSON, but not an object' };
  const type = text(body.type);
  if (type === undefined) return { fault: 'JSON without a type' };
  const payload = isObject(body.payload) ? body.payload : {};
  const [src, dst, connectionId] = [text(body.src), text(body.dst), text(payload.connectionId)];
  return {
    type: clip(type),
    payload,
    ...(src !== undefined && { src }),
    ...(dst !== undefined && { dst }),
    ...(connectionId !== undefined && { connectionId }),
  };
}
