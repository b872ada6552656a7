/**
 * The way out of one direction where messages may be changed. What comes in order and unchanged goes out as the very bytes
 * it came in. A compressed message refers to those before it (RFC 7692 7.1.1): once one of them has not gone out as it
 * came, the receiver lacks it, so all later ones go out uncompressed, which is allowed at any time and refers to nothing.
 */
import { encodeFrame } from './mask.ts';
import { type Message, OPCODE } from './message-reader.ts';

export interface Outlet {
  /** The message in its turn, or out of it. */
  original(message: Message): readonly Buffer[];
  /** Another message: edited, injected, or a second copy; `instead` of the one that came. */
  other(message: Pick<Message, 'binary' | 'data'>, instead?: Message): readonly Buffer[];
  /** A compressed message has passed that could not be read. */
  passed(): void;
}

/** `mask` gives four random bytes for what goes to a server; absent towards a client, whose frames have none. */
export function createOutlet(mask: (() => Buffer) | undefined): Outlet {
  let next = 1;
  const plain = ({ binary, data }: Pick<Message, 'binary' | 'data'>) => [
    encodeFrame(binary ? OPCODE.binary : OPCODE.text, data, mask?.()),
  ];
  return {
    original(message) {
      const { ordinal } = message;
      if (ordinal !== undefined && ordinal !== next) return plain(message);
      if (ordinal !== undefined) next += 1;
      return message.raw;
    },
    other: plain,
    passed() {
      next += 1;
    },
  };
}
