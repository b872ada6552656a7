/** What the thread that passes bytes on and the one that reads them say to each other. */

export type SocketId = number;

/** What is left of an Error on its way between threads. */
export interface Fault {
  readonly code: string;
  readonly message: string;
}

export interface Address {
  readonly host: string;
  readonly port: number;
}

export type ToRelay =
  | { readonly do: 'listen'; readonly at: Address; readonly tls?: { readonly key: string; readonly cert: string } }
  | { readonly do: 'dial'; readonly id: SocketId; readonly to: Address; readonly tls?: { readonly insecure: boolean } }
  /** `wrote` answers. */
  | { readonly do: 'write'; readonly id: SocketId; readonly bytes: Uint8Array }
  /** `finished` answers when everything that was written is out. */
  | { readonly do: 'end'; readonly id: SocketId }
  | { readonly do: 'destroy'; readonly id: SocketId }
  | { readonly do: 'reset'; readonly id: SocketId }
  /** So many bytes of what came have been taken. */
  | { readonly do: 'took'; readonly id: SocketId; readonly bytes: number }
  /** What comes from either is kept until they are joined or parted; `still` answers, behind everything that came before. */
  | { readonly do: 'stop'; readonly a: SocketId; readonly b: SocketId }
  /** From now on each gets what the other one sends, and copies are taped. */
  | { readonly do: 'join'; readonly a: SocketId; readonly b: SocketId }
  /** Not any more: what they send comes here again, behind a mark on the tape. */
  | { readonly do: 'part'; readonly a: SocketId; readonly b: SocketId }
  /** So many bytes of tape have been read. */
  | { readonly do: 'read'; readonly bytes: number }
  /** Ends all connections; `over` answers when all the tape has been read. */
  | { readonly do: 'close' };

export type FromRelay =
  | { readonly is: 'listening'; readonly port: number }
  | { readonly is: 'not listening'; readonly fault: Fault }
  | { readonly is: 'accepted'; readonly id: SocketId; readonly address: string }
  | { readonly is: 'data'; readonly id: SocketId; readonly bytes: Uint8Array }
  | { readonly is: 'ended'; readonly id: SocketId }
  | { readonly is: 'wrote'; readonly id: SocketId }
  | { readonly is: 'finished'; readonly id: SocketId }
  | { readonly is: 'closed'; readonly id: SocketId; readonly fault?: Fault }
  /** It is gone, though what it said may still be on the tape. */
  | { readonly is: 'left'; readonly id: SocketId }
  | { readonly is: 'still'; readonly a: SocketId; readonly b: SocketId }
  /** The other one does not take what this one sends, or takes it again. */
  | { readonly is: 'slow'; readonly id: SocketId; readonly text: string }
  /** The tape grows faster than it is read: from now on it waits on disk. */
  | { readonly is: 'behind'; readonly at: number }
  /** What waited, so many bytes, has been read. */
  | { readonly is: 'caught up'; readonly at: number; readonly waited: number }
  | { readonly is: 'tape'; readonly bytes: Uint8Array }
  /** So many bytes of tape will not come: the disk failed. */
  | { readonly is: 'torn'; readonly bytes: number }
  /** Nothing passes any more: the tape grows no longer. */
  | { readonly is: 'closing' }
  | { readonly is: 'over' };

/** What the relay says, with the length of the tape by then: whatever is on it came before. */
export type Marked = FromRelay & { readonly length: number };

/** How much may come from one socket before it has been taken. */
export const CREDIT = 256 * 1024;
