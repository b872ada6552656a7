/** What the scripts that run in a page expect of it. The page's own types (lib.dom) are not part of this program. */

/** A function of the page, called with `Reflect.apply` only. */
export type PageFunction = (...args: unknown[]) => unknown;

/** An object of the page: anything may be missing, of another type, or throw. */
export type PageObject = Record<string, unknown>;

export interface PageClass extends PageFunction {
  readonly prototype: PageObject;
}

/** `globalThis` of a page, a frame or a worker. */
export interface PageScope {
  RTCPeerConnection?: PageClass;
  webkitRTCPeerConnection?: PageClass;
  WebSocket?: PageClass;
  EventTarget?: PageClass;
  Function?: PageClass;
  [name: string]: unknown;
}

/** Sends a report to renego. Takes objects without prototype, so that nothing the page has put there takes part. */
export type Say = (report: object) => void;

/** What renego can ask of a page; each answer is a text. */
export interface Control {
  /** Existing peer connections, found on the heap; `again`: tells also of those that were told before. */
  adopt(found: ArrayLike<unknown>, again: boolean): void;
  /** Calls `method` of the connection with that number. */
  act(pc: number, method: string, argument?: unknown): Promise<string>;
}
