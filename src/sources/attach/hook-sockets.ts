/**
 * The script that watches WebSockets in a page, for browsers whose remote protocol does not tell their frames (WebDriver
 * BiDi). Runs in the page, as text, under the same terms as the one for peer connections.
 */
import type { Disguise } from './hook-disguise.ts';
import type { Readers } from './hook-readers.ts';
import type { PageClass, PageScope } from './hook-scope.ts';

export function watchSockets(
  page: PageScope,
  { cut, isObject, on, safely, tell }: Readers,
  { maker, method }: Disguise,
): void {
  const Native = page.WebSocket as PageClass;
  if (typeof Native !== 'function') return;
  const { apply, getOwnPropertyDescriptor, defineProperty } = Reflect;
  const { get: lookUp, set: keep } = WeakMap.prototype;
  const { proto, encode, isView } = {
    proto: Native.prototype,
    encode: page.btoa as (text: string) => string,
    isView: ArrayBuffer.isView,
  };
  const ids = new WeakMap<object, number>();
  const LONGEST = 262_144;
  let sockets = 0;

  const base64 = (bytes: Uint8Array) => {
    let text = '';
    for (let i = 0; i < bytes.length; i += 1) text += String.fromCharCode(bytes[i] as number);
    return encode(text);
  };

  function frame(id: number, out: boolean, data: unknown): void {
    const k = out ? 'ws-out' : 'ws-in';
    if (typeof data === 'string') tell({ k, ws: id, text: cut(data), cut: data.length > LONGEST || undefined });
    else if (data instanceof ArrayBuffer || isView(data)) {
      const bytes = isView(data)
        ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
        : new Uint8Array(data as ArrayBuffer);
      tell({ k, ws: id, base64: base64(bytes.slice(0, LONGEST)), cut: bytes.length > LONGEST || undefined });
    } else if (isObject(data) && typeof data.arrayBuffer === 'function') {
      (data as unknown as Blob)
        .arrayBuffer()
        .then((buffer) => frame(id, out, buffer))
        .catch(() => {});
    }
  }

  function watch(socket: object, had: boolean): number {
    sockets += 1;
    const id = sockets;
    const { url } = socket as { url?: unknown };
    apply(keep, ids, [socket, id]);
    tell({ k: 'ws-new', ws: id, url: cut(url, 2000), had: had || undefined });
    const protocol = () => cut((socket as { protocol?: unknown }).protocol, 200);
    on(socket, 'open', () => tell({ k: 'ws-open', ws: id, protocol: protocol() }));
    on(socket, 'message', ({ data }) => frame(id, false, data));
    on(socket, 'close', ({ code, reason }) => tell({ k: 'ws-close', ws: id, code, reason: cut(reason, 200) }));
    on(socket, 'error', () => tell({ k: 'ws-error', ws: id }));
    return id;
  }

  method(proto, 'send', (send, socket, args) => {
    const result = apply(send, socket, args);
    safely(() => {
      const id = (apply(lookUp, ids, [socket]) as number | undefined) ?? watch(socket as object, true);
      frame(id, true, args[0]);
    });
    return result;
  });

  const Watched = maker(Native, (ok, socket) => {
    if (ok) safely(() => watch(socket as object, false));
  });
  defineProperty(proto, 'constructor', { ...getOwnPropertyDescriptor(proto, 'constructor'), value: Watched });
  defineProperty(page, 'WebSocket', { ...getOwnPropertyDescriptor(page, 'WebSocket'), value: Watched });
}
