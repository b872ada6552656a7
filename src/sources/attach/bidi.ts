/**
 * WebDriver BiDi, which Firefox speaks. It tells no WebSocket frames, so the script in the page watches these as well; it
 * knows no heap, so connections made before show from their next call on.
 */

import { createBidiNetwork } from './bidi-network.ts';
import type { Browser, BrowserPorts } from './browser.ts';
import { controlIn, scriptForBidi } from './hook-script.ts';
import type { PageRef } from './peer.ts';
import { type Answer, createRpc, type Members, objectOf, textOf } from './rpc.ts';
import type { Place, Scene } from './scene.ts';

const EVENTS_WANTED = [
  ...['script.message', 'script.realmCreated', 'script.realmDestroyed', 'browsingContext.contextCreated'],
  ...['browsingContext.contextDestroyed', 'browsingContext.navigationStarted', 'browsingContext.load'],
  ...['network.beforeRequestSent', 'network.responseCompleted', 'network.fetchError'],
];

/** What a reader has to know. */
const LIMITS =
  'this browser speaks WebDriver BiDi: WebSocket frames are seen from inside the page, those of workers are not; ' +
  'connections and sockets made before renego attached are seen from their next call on';

/** Contexts and realms beyond these are not followed. */
const MOST = 2000;

export function createBidi(scene: Scene, name: string, { send, ready, refused }: BrowserPorts): Browser {
  const script = scriptForBidi(name);
  const channel = { type: 'channel', value: { channel: name } };
  /** Tabs by the browsing contexts in them. */
  const places = new Map<string, Place>();
  const urls = new Map<string, string>();
  const realms = new Map<string, { readonly realm: PageRef; readonly place: Place; readonly context: string }>();
  let settled = false;
  let launched: string | undefined;

  const rpc = createRpc({
    send,
    happened(method, params) {
      if (Object.hasOwn(EVENTS, method)) EVENTS[method]?.(params);
      else network.happened(method, params);
    },
  });
  const network = createBidiNetwork(scene, (context) => places.get(context), rpc.ask);

  function placeOf(context: string, parent?: string): Place {
    const known = places.get(context);
    if (known !== undefined) return known;
    const above = parent === undefined ? undefined : places.get(parent);
    const place = above ?? scene.place(context, 'page');
    if (above === undefined) place.late = !settled;
    if (places.size < MOST) places.set(context, place);
    return place;
  }

  function realmCreated({ realm: id, type, context, sandbox }: Members): void {
    if (type !== 'window' || typeof sandbox === 'string' || realms.size >= MOST) return;
    const [name_, inContext] = [textOf(id), textOf(context)];
    const place = placeOf(inContext);
    realms.set(name_, { realm: place.realm(name_), place, context: inContext });
    // The preload script has run in new ones; where it has, this does nothing.
    const params = { functionDeclaration: script, arguments: [channel], target: { realm: name_ }, awaitPromise: false };
    rpc.ask('script.callFunction', params);
  }

  function leave(id: string): void {
    const known = realms.get(id);
    realms.delete(id);
    if (known) scene.left(known.realm);
  }

  function navigated({ context, url }: Members): void {
    const [id, address] = [textOf(context), textOf(url)];
    const place = places.get(id);
    if (place === undefined || place.id !== id) return;
    urls.set(id, address);
    scene.visited(place, address);
  }

  const EVENTS: Readonly<Record<string, (params: Members) => void>> = {
    'script.message'({ channel: said, data, source }) {
      const known = realms.get(textOf(objectOf(source).realm));
      const { type, value } = objectOf(data);
      if (said !== name || type !== 'string' || typeof value !== 'string') return;
      // The script may be faster than the word that its realm is there.
      const { realm: id, context } = objectOf(source);
      if (known === undefined) realmCreated({ realm: id, type: 'window', context });
      const now = known ?? realms.get(textOf(id));
      if (now) scene.reported(now.place, now.realm, value);
    },
    'script.realmCreated': realmCreated,
    'script.realmDestroyed': ({ realm }) => leave(textOf(realm)),
    'browsingContext.contextCreated'({ context, parent, url }) {
      const place = placeOf(textOf(context), typeof parent === 'string' ? parent : undefined);
      if (place.id === context && !settled) scene.visited(place, textOf(url));
    },
    'browsingContext.contextDestroyed'({ context }) {
      const id = textOf(context);
      for (const [realm, one] of [...realms]) if (one.context === id) leave(realm);
      const place = places.get(id);
      places.delete(id);
      if (place?.id === id) scene.gone(place, 'the page was closed');
    },
    'browsingContext.navigationStarted'(params) {
      const place = places.get(textOf(params.context));
      if (place === undefined || place.id !== params.context) return;
      scene.emptied(place);
      place.late = false;
      navigated(params);
    },
  };

  function begin(): void {
    const must =
      (then: () => void): Answer =>
      (_result, error) =>
        error === undefined ? then() : refused(error);
    rpc.ask('network.addDataCollector', { dataTypes: ['request', 'response'], maxEncodedDataSize: 1_000_000 });
    rpc.ask(
      'script.addPreloadScript',
      { functionDeclaration: script, arguments: [channel] },
      must(() => {
        rpc.ask(
          'session.subscribe',
          { events: EVENTS_WANTED },
          must(() => {
            settled = true;
            ready();
            const [first] = places.keys();
            if (launched === undefined || first === undefined) return;
            for (const place of places.values()) place.late = false;
            const [place] = places.values();
            const url = launched;
            rpc.ask('browsingContext.navigate', { context: first, url, wait: 'none' }, (_result, error) => {
              if (error !== undefined && place)
                scene.problem(place, 'PAGE_NOT_LOADED', `${url} cannot be loaded: ${error}`);
            });
          }),
        );
      }),
    );
  }

  return {
    begin(url) {
      launched = url;
      scene.note('BIDI_LIMITS', LIMITS);
      rpc.ask('session.new', { capabilities: {} }, (_result, error) =>
        error === undefined ? begin() : refused(error),
      );
    },
    received: rpc.received,
    act(peer, method, argument, answer) {
      const functionDeclaration = `(pc, method, json) => ${controlIn(name)}.act(pc, method, json === '' ? undefined : JSON.parse(json))`;
      const id = [...realms].find(([, { realm }]) => realm.key === peer.page.key)?.[0];
      if (id === undefined) {
        answer('its page is gone');
        return;
      }
      const json = argument === undefined ? '' : JSON.stringify(argument);
      const values = [
        { type: 'number', value: peer.local },
        ...[method, json].map((value) => ({ type: 'string', value })),
      ];
      const params = { functionDeclaration, arguments: values, target: { realm: id }, awaitPromise: true };
      rpc.ask('script.callFunction', params, ({ result, exceptionDetails }, error) => {
        answer(error ?? (textOf(objectOf(result).value) || textOf(objectOf(exceptionDetails).text)));
      });
    },
    quit: () => rpc.ask('browser.close', {}),
    // There is one session only, and it would outlive the connection.
    leave: (then) => rpc.ask('session.end', {}, then),
  };
}
