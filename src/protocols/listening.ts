/**
 * Which protocol is spoken on a connection that is only watched: by its address and subprotocol, by its first frames, and no
 * longer by either when they contradict. Until one is found, everything is read by what it looks like.
 */
import { chooseProtocol, isSettled, likelyProtocols } from './detect.ts';
import type { Decoder, Frame, Protocol } from './protocol.ts';
import { decodeBase64 } from './recogniser/codecs/base64.ts';
import { signalsIn } from './recogniser/recognise.ts';

/** A description or a candidate. */
export const isSignaling = (signal: { readonly type: string }): boolean =>
  'sdp' in signal || signal.type === 'candidate';

export interface Listening {
  /** Looks at a frame before it is decoded; what is found out applies to it. */
  hear(frame: Frame): void;
  /** Undefined while none is known. */
  readonly protocol: Protocol | undefined;
  /** Of that protocol. */
  readonly decoder: Decoder | undefined;
}

export interface ListeningOptions {
  readonly url: string;
  readonly subprotocol?: string;
  /** Known beforehand: it stays. */
  readonly named?: Protocol;
  readonly decoder: (protocol: Protocol) => Decoder;
  /** How many of the first frames may tell. */
  readonly frames: number;
  /** Asked before a frame is looked at, and told whether it told anything: for those who watch many connections. */
  readonly tries?: { may(frame: Frame): boolean; told(found: boolean): void };
}

export function createListening(options: ListeningOptions): Listening {
  const { url, subprotocol, named, decoder: make, frames, tries } = options;
  const hint = { url, ...(subprotocol !== undefined && { subprotocol }) };
  const guess = chooseProtocol(hint);
  const likely = likelyProtocols(hint);
  let protocol = named ?? (guess !== undefined && isSettled(guess) ? guess.protocol : undefined);
  let decoder = protocol && make(protocol);
  /** The first frames, while it is not sure what they are. */
  let first: Frame[] | undefined = named === undefined ? [] : undefined;

  function change(to: Protocol | undefined, before: readonly Frame[]): void {
    if (to === protocol) return;
    protocol = to;
    decoder = to && make(to);
    for (const frame of before) decoder?.decode(frame);
  }

  /** By the frame alone; what the address makes likely counts where it finds signaling in the frame. */
  function shownBy(frame: Frame, before: readonly Frame[]): Protocol | undefined {
    const shown = chooseProtocol({ frame })?.protocol;
    return shown ?? likely.find((one) => one !== protocol && findsSignaling(one, frame, before));
  }

  function findsSignaling(one: Protocol, frame: Frame, before: readonly Frame[]): boolean {
    const trial = make(one);
    for (const earlier of before) trial.decode(earlier);
    return trial.decode(frame).signals.some(isSignaling);
  }

  /** There is signaling in the frame, and the protocol does not find it. */
  function contradicts(frame: Frame, to: Protocol, before: readonly Frame[]): boolean {
    const inside = signalsIn(frame.encoding === 'text' ? frame.data : (decodeBase64(frame.data) ?? new Uint8Array()));
    return inside.some(isSignaling) && !findsSignaling(to, frame, before);
  }

  return {
    get protocol() {
      return protocol;
    },
    get decoder() {
      return decoder;
    },
    hear(frame) {
      if (first === undefined || tries?.may(frame) === false) return;
      const found = shownBy(frame, first);
      tries?.told(found !== undefined);
      if (found !== undefined) change(found, first);
      else if (protocol !== undefined && contradicts(frame, protocol, first)) change(undefined, []);
      first.push(frame);
      if (found !== undefined || first.length >= frames) first = undefined;
    },
  };
}
