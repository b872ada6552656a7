/** LiveKit's signaling messages: protobuf in binary frames, protobuf's JSON in text frames. Nothing of a stranger is trusted. */
import type { SignalRequest, SignalResponse } from '@livekit/protocol';
import type { Frame } from '../protocol.ts';

export type Messages = typeof import('@livekit/protocol');

let loaded: Messages | undefined;

/** Loads the messages' definitions. */
export async function loadMessages(): Promise<void> {
  loaded ??= await import('@livekit/protocol');
}

/** The definitions. Throws where `loadMessages` was not awaited: a mistake of the caller. */
export function messages(): Messages {
  if (loaded === undefined) throw new Error('loadMessages was not called');
  return loaded;
}

/** What one frame holds, by its direction: the same numbers mean other messages there and back. */
export type Read =
  | { readonly request: SignalRequest['message'] }
  | { readonly response: SignalResponse['message'] }
  | { readonly fault: string };

/** Reads one frame. Never throws, but for messages that were not loaded. */
export function readFrame(frame: Frame): Read {
  const { SignalRequest, SignalResponse } = messages();
  try {
    const out = frame.direction === 'out';
    const message =
      frame.encoding === 'base64'
        ? (out ? SignalRequest : SignalResponse).fromBinary(bytesOf(frame.data))
        : (out ? SignalRequest : SignalResponse).fromJsonString(frame.data, { ignoreUnknownFields: true });
    if (message.message.case === undefined) return { fault: 'no message renego knows' };
    return message instanceof SignalRequest ? { request: message.message } : { response: message.message as never };
  } catch {
    return { fault: frame.encoding === 'base64' ? 'not a message of LiveKit' : 'not JSON of LiveKit' };
  }
}

export const bytesOf = (base64: string): Uint8Array => Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));

export function base64Of(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}

/** Whether this is a binary JoinResponse by its shape: field 1 over all of the frame, and in it field 1, the room. */
export function looksLikeJoin(base64: string): boolean {
  try {
    const bytes = bytesOf(base64);
    let [length, shift, at] = [0, 0, 1];
    for (let more = true; more && at < 6; at += 1) {
      const byte = bytes[at] ?? 0;
      length += (byte & 0x7f) * 2 ** shift;
      shift += 7;
      more = byte > 0x7f;
    }
    return bytes[0] === 0x0a && at + length === bytes.length && bytes[at] === 0x0a;
  } catch {
    return false;
  }
}
