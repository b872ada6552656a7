/** The Network domain of one DevTools session: WebSocket frames, and requests that a script has made. */
import { createOrder } from './order.ts';
import type { Answer, Members } from './rpc.ts';
import { objectOf, textOf } from './rpc.ts';
import type { Place, Scene } from './scene.ts';

export interface Network {
  /** False if the event is not of this domain. */
  happened(method: string, params: Members): boolean;
}

/** What scripts ask for; pages, pictures and media are left alone. */
const BY_SCRIPT: ReadonlySet<unknown> = new Set(['XHR', 'Fetch', 'EventSource', 'Ping']);
/** Bodies that cannot hold signaling are not fetched from the browser. */
const OPAQUE =
  /^(?:text\/(?:html|css|javascript)|application\/(?:javascript|x-javascript|wasm)|(?:image|font|audio|video)\/.*)$/;
const LONGEST_BODY = 1_000_000;

/** `hold`: nothing of the page goes on until what it gives is called. */
export function createNetwork(
  scene: Scene,
  place: Place,
  ask: (method: string, params: object, answer: Answer) => void,
  hold: () => () => void,
): Network {
  const { sockets, http } = scene;
  const idOf = ({ requestId }: Members) => `${place.id}/${textOf(requestId)}`;
  const order = createOrder();
  const known = new Set<string>();
  const opaque = new Set<string>();

  function frame(params: Members, out: boolean): void {
    const { opcode, payloadData } = objectOf(params.response);
    if ((opcode !== 1 && opcode !== 2) || typeof payloadData !== 'string') return;
    const id = idOf(params);
    if (!known.has(id)) {
      known.add(id);
      scene.missed(place, 'a WebSocket was open already, and what it carried before is not known');
    }
    sockets.frame(id, place.page, { out, data: payloadData, encoding: opcode === 2 ? 'base64' : 'text' });
  }

  function sent(params: Members): void {
    const { type } = params;
    if (!BY_SCRIPT.has(type)) return;
    const { method, url, postData, hasPostData } = objectOf(params.request);
    const id = idOf(params);
    const tell = (body: string) => http.sent(id, place.page, { method: textOf(method), url: textOf(url), body });
    if (typeof postData === 'string' || hasPostData !== true) {
      tell(textOf(postData));
      return;
    }
    const release = order.hold(id);
    ask('Network.getRequestPostData', { requestId: params.requestId }, (result) => {
      scene.during(timeOf(params), () => tell(textOf(result.postData)));
      release();
    });
  }

  function answered(params: Members): void {
    const { status, headers, mimeType } = objectOf(params.response);
    const location = Object.entries(objectOf(headers)).find(([name]) => name.toLowerCase() === 'location')?.[1];
    const id = idOf(params);
    http.answered(id, Number(status) || 0, typeof location === 'string' ? location.slice(0, 2000) : undefined);
    if (OPAQUE.test(textOf(mimeType).toLowerCase())) opaque.add(id);
  }

  function finished(params: Members): void {
    const id = idOf(params);
    const skip = opaque.delete(id) || Number(params.encodedDataLength) > LONGEST_BODY;
    if (!http.awaits(id)) return;
    if (skip) http.done(id, '');
    else {
      // What comes after it is told after it.
      const release = http.matters(id) ? hold() : () => {};
      ask('Network.getResponseBody', { requestId: params.requestId }, ({ body, base64Encoded }) => {
        const text = base64Encoded === true ? decoded(textOf(body)) : textOf(body);
        scene.during(timeOf(params), () => http.done(id, text));
        release();
      });
    }
  }

  const EVENTS: Readonly<Record<string, (params: Members) => void>> = {
    webSocketCreated(params) {
      if (known.size < 10_000) known.add(idOf(params));
      sockets.created(idOf(params), place.page, textOf(params.url));
    },
    webSocketHandshakeResponseReceived(params) {
      const { status, headers } = objectOf(params.response);
      const named = Object.entries(objectOf(headers)).find(([name]) => name.toLowerCase() === 'sec-websocket-protocol');
      if (status === 101) sockets.opened(idOf(params), textOf(named?.[1]));
      else sockets.failed(idOf(params), `HTTP ${Number(status)}`);
    },
    webSocketFrameSent: (params) => frame(params, true),
    webSocketFrameReceived: (params) => frame(params, false),
    webSocketFrameError: (params) => sockets.failed(idOf(params), textOf(params.errorMessage)),
    webSocketClosed(params) {
      known.delete(idOf(params));
      sockets.closed(idOf(params));
    },
    requestWillBeSent: sent,
    responseReceived: answered,
    loadingFinished: finished,
    loadingFailed(params) {
      opaque.delete(idOf(params));
      http.failed(idOf(params), textOf(params.errorText));
    },
    eventSourceMessageReceived: (params) => http.pushed(idOf(params), textOf(params.data)),
  };
  return {
    happened(method, params) {
      const [domain, name = ''] = method.split('.');
      if (domain !== 'Network') return false;
      if (Object.hasOwn(EVENTS, name))
        order.follow(idOf(params), () => scene.during(timeOf(params), () => EVENTS[name]?.(params)));
      return true;
    },
  };
}

/** It is told in seconds. */
const timeOf = ({ timestamp }: Members): unknown => (typeof timestamp === 'number' ? timestamp * 1000 : undefined);

function decoded(base64: string): string {
  return Buffer.from(base64, 'base64').toString('utf8');
}
