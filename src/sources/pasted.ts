/** Lines that are pasted or piped, put together to messages: bare SDP has many lines, everything else has one. */
import { PEER } from '../protocols/perfect-negotiation.ts';

/** Carries lines for a protocol of the carrier `lines`. */
export interface LinePort {
  start(heard: (message: string) => void): void;
  write(message: string): void;
  stop(): void;
}

/** Characters kept of one message. */
const MAX_MESSAGE = 1024 * 1024;

export interface Assembler {
  /** The messages that this line completes. */
  push(line: string): readonly string[];
  /** Nothing follows for now: what is there is whole. */
  flush(): readonly string[];
}

export function createAssembler(): Assembler {
  let sdp = '';

  function flush(): readonly string[] {
    const whole = sdp;
    sdp = '';
    return whole === '' ? [] : [whole];
  }

  return {
    push(text) {
      const line = text.trim();
      if (sdp !== '' && /^[a-z]=/.test(line) && !line.startsWith('v=') && sdp.length < MAX_MESSAGE) {
        sdp += `${line}\r\n`;
        return [];
      }
      const before = flush();
      if (line.startsWith('v=0')) {
        sdp = `${line}\r\n`;
        return before;
      }
      const said = line === '' ? undefined : unwrapped(line);
      return said === undefined ? before : [...before, said];
    },
    flush,
  };
}

/**
 * Another renego's event lines (`--json`) may be what comes: its messages to us are in them, and nothing else counts.
 * Undefined for lines that say nothing to us.
 */
function unwrapped(line: string): string | undefined {
  if (line.length > MAX_MESSAGE) return undefined;
  if (!line.startsWith('{"schema":')) return line;
  try {
    const event = JSON.parse(line) as { kind?: unknown; to?: unknown; raw?: unknown };
    return event.kind === 'message' && event.to === PEER && typeof event.raw === 'string' ? event.raw : undefined;
  } catch {
    return undefined;
  }
}
