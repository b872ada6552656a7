/** A socket that the relay holds, as a stream on this side of the port. */
import { Duplex } from 'node:stream';
import type { Fault, SocketId, ToRelay } from './messages.ts';

/** What has come from a joined socket: a copy, in its turn on the tape. `lost`: nothing more will be seen of it. */
export interface RemoteEvents {
  copy(bytes: Buffer, at: number): void;
  /** What comes from now on has not been sent on. */
  parted(): void;
  slow(text: string): void;
  lost(): void;
}

export type Post = (order: ToRelay, transfer?: readonly ArrayBuffer[]) => void;

/** Emits `left` when it is gone, which may be long before `close`: that has its turn on the tape. */
export class RemoteSocket extends Duplex {
  readonly id: SocketId;
  readonly remoteAddress: string;
  /** As of a net.Socket: milliseconds without traffic until `timeout` is emitted; 0 for never. */
  timeout = 0;
  /** When it was closed, in milliseconds since 1970, if that is known from the tape. */
  closedAt: number | undefined;
  /** Set by whoever joins it with another one. */
  watcher: RemoteEvents | undefined;
  readonly #order: Post;
  #timer: NodeJS.Timeout | undefined;
  #untaken = 0;
  #written: (() => void) | undefined;
  #finished: (() => void) | undefined;
  #gone = false;
  /** While it is joined, what does not come by tape belongs behind the mark that parts it. */
  #behindMark: (() => void)[] | undefined;

  constructor(id: SocketId, address: string, allowHalfOpen: boolean, order: Post) {
    super({ allowHalfOpen, readableHighWaterMark: 65_536, writableHighWaterMark: 65_536 });
    this.id = id;
    this.remoteAddress = address;
    this.#order = order;
  }

  /** From the relay. */
  arrived(bytes: Uint8Array): void {
    this.#inTurn(() => {
      this.#alive();
      this.#untaken += bytes.length;
      if (this.push(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length))) this._read();
    });
  }

  ended(): void {
    this.#inTurn(() => void this.push(null));
  }

  wrote(): void {
    const done = this.#written;
    this.#written = undefined;
    this.#alive();
    done?.();
  }

  finished(): void {
    this.#finished?.();
  }

  closedWith(fault: Fault | undefined): void {
    this.#inTurn(() => this.gone(fault));
  }

  /** Also by tape. */
  gone(fault: Fault | undefined, at?: number): void {
    this.closedAt = at;
    this.#gone = true;
    const error = fault === undefined ? undefined : Object.assign(new Error(fault.message), { code: fault.code });
    // What came before it was closed is read first.
    if (error === undefined && this.readableLength > 0) {
      this.once('end', () => this.destroy());
      this.push(null);
    } else this.destroy(error);
  }

  joined(): void {
    this.#behindMark = [];
  }

  parted(): void {
    const behind = this.#behindMark ?? [];
    this.#behindMark = undefined;
    this.watcher?.parted();
    for (const one of behind) one();
  }

  get isJoined(): boolean {
    return this.#behindMark !== undefined;
  }

  #inTurn(does: () => void): void {
    if (this.#behindMark === undefined) does();
    else this.#behindMark.push(does);
  }

  override _read(): void {
    if (this.#untaken === 0 || this.#gone) return;
    this.#order({ do: 'took', id: this.id, bytes: this.#untaken });
    this.#untaken = 0;
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    this._writev([{ chunk }], done);
  }

  override _writev(chunks: readonly { readonly chunk: Buffer }[], done: (error?: Error | null) => void): void {
    // Small buffers are parts of large ones, which must not be handed over.
    const bytes = Uint8Array.from(Buffer.concat(chunks.map(({ chunk }) => chunk)));
    // With nothing to wait for: Node's HTTP takes a request whose last, empty write is still out for finished, and would
    // free its connection twice.
    if (this.#gone || bytes.length === 0) {
      done();
      return;
    }
    this.#alive();
    this.#written = done;
    this.#order({ do: 'write', id: this.id, bytes }, [bytes.buffer]);
  }

  override _final(done: (error?: Error | null) => void): void {
    if (this.#gone) {
      done();
      return;
    }
    this.#finished = done;
    this.#order({ do: 'end', id: this.id });
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    clearTimeout(this.#timer);
    if (!this.#gone) this.#order({ do: 'destroy', id: this.id });
    this.#gone = true;
    done(error);
  }

  /** When everything is written. */
  destroySoon(): void {
    if (this.writable) this.end();
    if (this.writableFinished) this.destroy();
    else this.once('finish', () => this.destroy());
  }

  resetAndDestroy(): void {
    if (!this.#gone) this.#order({ do: 'reset', id: this.id });
    this.#gone = true;
    this.destroy();
  }

  setTimeout(ms: number, listener?: () => void): this {
    this.timeout = ms;
    if (listener !== undefined) this.once('timeout', listener);
    this.#alive();
    return this;
  }

  #alive(): void {
    clearTimeout(this.#timer);
    if (this.timeout > 0 && !this.destroyed) this.#timer = setTimeout(() => this.emit('timeout'), this.timeout).unref();
  }

  // What Node's HTTP asks of the sockets it is given; the relay has done it, or it means nothing here.
  setNoDelay(): this {
    return this;
  }

  setKeepAlive(): this {
    return this;
  }

  ref(): this {
    return this;
  }

  unref(): this {
    return this;
  }
}
