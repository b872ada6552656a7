/** SockJS: JSON text in lists, inside which another carrier may stand. The client's path has a server and a session in it. */
import { parseJson } from '../../json.ts';
import type { Carried, Carrier, CarrierSession } from './carrier.ts';

/** `inner` reads and writes the texts. */
export function sockJs(name: string, inner: Carrier): Carrier {
  return {
    ...inner,
    name,
    path: '/ws/000/renego/websocket',
    session: (options) => createSession(inner.session(options)),
  };
}

function createSession(inner: CarrierSession): CarrierSession {
  const wrap = (texts: readonly unknown[]): readonly string[] => (texts.length === 0 ? [] : [JSON.stringify(texts)]);
  const control = (label: string): readonly Carried[] => [{ is: 'control', label }];
  const { closing, woken } = inner;

  function begin(): readonly Carried[] {
    const { send, ready } = inner.opened();
    const greet: Carried = { is: 'control', label: 'SockJS open', reply: wrap(send) };
    return ready ? [greet, { is: 'ready', label: 'SockJS ready' }] : [greet];
  }

  return {
    opened: () => ({ send: [], ready: false }),
    read(payload, frame) {
      const text = typeof payload === 'string' ? payload : '';
      if (frame.direction === 'in' && text === 'o') return begin();
      if (frame.direction === 'in' && text === 'h') return control('SockJS heartbeat');
      if (frame.direction === 'in' && text.startsWith('c')) return control('SockJS close');
      const list = parseJson(frame.direction === 'in' && /^[am]/.test(text) ? text.slice(1) : text);
      const texts = (Array.isArray(list) ? list : [list]).filter((one): one is string => typeof one === 'string');
      if (texts.length === 0) return control('no SockJS frame');
      return texts.flatMap((one) => inner.read(one, frame)).map(wrapReply);
    },
    write: (value, ack) => wrap(inner.write(value, ack)),
    ...(closing && { closing: () => wrap(closing()) }),
    ...(woken && {
      woken() {
        const texts = woken();
        return texts && wrap(texts);
      },
    }),
  };

  function wrapReply(carried: Carried): Carried {
    return carried.is === 'control' && carried.reply ? { ...carried, reply: wrap(carried.reply) } : carried;
  }
}
