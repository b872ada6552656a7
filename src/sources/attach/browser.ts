/** A browser as renego speaks to it: one machine for each remote protocol. */
import type { Peer } from './peer.ts';

export interface Browser {
  /** The socket is open. `launched` is the address to go to in a browser that renego has started. */
  begin(launched: string | undefined): void;
  received(text: string): void;
  /** Calls a method of a connection in its page; answers with what the script there says, or why it could not be done. */
  act(peer: Peer, method: string, argument: unknown, answer: (text: string) => void): void;
  /** Asks the browser to end. */
  quit(): void;
  /** Stops watching; calls back when the browser has nothing of renego any more. */
  leave(then: () => void): void;
}

export interface BrowserPorts {
  send(text: string): void;
  /** From now on nothing that begins in the browser goes by unseen. */
  ready(): void;
  /** The browser will not be watched: why. */
  refused(why: string): void;
}
