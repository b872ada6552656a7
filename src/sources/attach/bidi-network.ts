/** The network events of WebDriver BiDi: requests that a script has made, with their bodies where the browser keeps them. */
import { createOrder } from './order.ts';
import { type Answer, type Members, objectOf, textOf } from './rpc.ts';
import type { Place, Scene } from './scene.ts';

export interface BidiNetwork {
  happened(method: string, params: Members): void;
}

const BY_SCRIPT: ReadonlySet<unknown> = new Set(['fetch', 'xmlhttprequest', 'beacon', 'eventsource']);

type Ask = (method: string, params: object, answer?: Answer) => void;

export function createBidiNetwork(
  { http, during }: Scene,
  placeOf: (context: string) => Place | undefined,
  ask: Ask,
): BidiNetwork {
  function dataOf(dataType: 'request' | 'response', request: string, then: (body: string) => void): void {
    ask('network.getData', { dataType, request }, ({ bytes }) => {
      const { type, value } = objectOf(bytes);
      then(type === 'base64' ? Buffer.from(textOf(value), 'base64').toString('utf8') : textOf(value));
    });
  }

  const order = createOrder();

  const EVENTS: Readonly<Record<string, (id: string, params: Members) => void>> = {
    'network.beforeRequestSent'(id, { context, request, timestamp }) {
      const { method, url, initiatorType, bodySize } = objectOf(request);
      const place = placeOf(textOf(context));
      if (place === undefined || !BY_SCRIPT.has(initiatorType)) return;
      const tell = (body: string) => http.sent(id, place.page, { method: textOf(method), url: textOf(url), body });
      if (Number(bodySize) === 0) {
        tell('');
        return;
      }
      const release = order.hold(id);
      dataOf('request', id, (body) => {
        during(timestamp, () => tell(body));
        release();
      });
    },
    'network.responseCompleted'(id, { response, timestamp }) {
      const { status, headers } = objectOf(response);
      const list = Array.isArray(headers) ? headers.map(objectOf) : [];
      const location = list.find((header) => textOf(header.name).toLowerCase() === 'location');
      const where = textOf(objectOf(location?.value).value).slice(0, 2000);
      http.answered(id, Number(status) || 0, where === '' ? undefined : where);
      if (http.awaits(id)) dataOf('response', id, (body) => during(timestamp, () => http.done(id, body)));
    },
    'network.fetchError': (id, { errorText }) => http.failed(id, textOf(errorText)),
  };
  return {
    happened(method, params) {
      const id = textOf(objectOf(params.request).request);
      if (id !== '' && Object.hasOwn(EVENTS, method)) {
        order.follow(id, () => during(params.timestamp, () => EVENTS[method]?.(id, params)));
      }
    },
  };
}
