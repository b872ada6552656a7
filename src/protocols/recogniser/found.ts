/** What the recogniser finds in a payload, and where. */

export type JsonObject = Readonly<Record<string, unknown>>;

/** Where a value stands: a chain from the inside out. What is around a signal tells its type, its parties and its peer connection. */
export interface Place {
  /** The key it stands under; '' for an item of a list, and for what was packed in a text. */
  readonly key: string;
  /** The object that has this key. */
  readonly object?: JsonObject;
  /** Short texts in the same list: event names, positional arguments. */
  readonly beside?: readonly string[];
  /** What stood before the payload: a packet type, a command, a header. */
  readonly label?: string;
  /** Which packing was opened here: `socket.io`, `sip`, `msgpack`, … */
  readonly carrier?: string;
  /** Facts of a carrier's head that are no JSON: Call-ID, Jingle's sid. */
  readonly head?: JsonObject;
  readonly up: Place | undefined;
  readonly depth: number;
}

/** Which section and credentials something is for. */
export interface Target {
  readonly mid?: string;
  readonly mLine?: number;
  readonly ufrag?: string;
}

/** One find, in the order of the payload. */
export type Find = { readonly place: Place } & (
  | { readonly is: 'description'; readonly sdp: string }
  | { readonly is: 'rollback' }
  | ({ readonly is: 'candidate'; readonly candidate: string } & Target)
  | ({ readonly is: 'end' } & Target)
  /** ICE credentials without a description: mediasoup's and Agora's parameters, a fragment. */
  | { readonly is: 'credentials'; readonly ufrag: string; readonly candidates: number; readonly of?: string }
  | { readonly is: 'bye'; readonly word: string }
  /** A request that may have carried an offer is refused for good. */
  | { readonly is: 'refused'; readonly method: string; readonly status: number }
  /** Asks for an offer, or for a restart of ICE. */
  | { readonly is: 'ask'; readonly word: string }
);

/** The places from the inside out, the innermost first. */
export function* outward(place: Place | undefined): Generator<Place> {
  for (let at = place; at !== undefined; at = at.up) yield at;
}

/** The objects around a place, the innermost first, each once. */
export function* objectsAround(place: Place): Generator<JsonObject> {
  let last: JsonObject | undefined;
  for (const { object, head } of outward(place)) {
    if (head !== undefined) yield head;
    if (object !== undefined && object !== last) yield object;
    last = object ?? last;
  }
}

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array);
