/**
 * The DevTools protocol of Chrome and its relatives. One connection, a flat session for each page, frame and worker; each
 * is held at its start until the script is in.
 */
import type { Browser, BrowserPorts } from './browser.ts';
import { createNetwork, type Network } from './devtools-network.ts';
import { controlIn, scriptForDevTools } from './hook-script.ts';
import { createQueue, type Queue } from './order.ts';
import type { PageRef } from './peer.ts';
import { type Answer, createRpc, type Members, objectOf, textOf } from './rpc.ts';
import type { Place, PlaceKind, Scene } from './scene.ts';

interface Target {
  readonly session: string;
  readonly place: Place;
  readonly network: Network;
  readonly queue: Queue;
  readonly kind: PlaceKind;
  /** The outermost frame; the id of a page is that of its frame. */
  readonly frame: string;
  readonly realms: Map<number, PageRef>;
  /** The address it had when it was attached to, until it goes to another. */
  announced: string;
}

const KINDS: ReadonlyMap<string, PlaceKind> = new Map([
  ['page', 'page'],
  ['iframe', 'frame'],
  ['worker', 'worker'],
  ['shared_worker', 'worker'],
  ['service_worker', 'worker'],
]);

/** Other targets are let go at once. */
const MOST_TARGETS = 500;

const AUTO_ATTACH = { autoAttach: true, waitForDebuggerOnStart: true, flatten: true };
/** `name` is that of the property in the pages: nobody else's. */
export function createDevTools(scene: Scene, name: string, { send, ready, refused }: BrowserPorts): Browser {
  const targets = new Map<string, Target>();
  /** Second sessions of the same worker: for the page that starts it, which holds it, and for the browser, as it outlives that. */
  const twins = new Map<string, Members>();
  const source = scriptForDevTools(name);
  let launched: string | undefined;
  const rpc = createRpc({
    send,
    happened(method, params, session) {
      const target = session === undefined ? undefined : targets.get(session);
      if (method === 'Target.attachedToTarget') attached(params);
      else if (method === 'Target.detachedFromTarget') detached(textOf(params.sessionId));
      else target?.queue.follow(() => happened(target, method, params));
    },
  });

  function happened(target: Target, method: string, params: Members): void {
    if (!target.network.happened(method, params) && Object.hasOwn(EVENTS, method)) EVENTS[method]?.(target, params);
  }

  function attached(params: Members): void {
    const { sessionId, targetInfo, waitingForDebugger } = params;
    const session = textOf(sessionId);
    const { type, url, targetId } = objectOf(targetInfo);
    const kind = KINDS.get(textOf(type));
    const ask = (method: string, params: object = {}) => rpc.ask(method, params, undefined, session);
    const twice = [...targets.values()].some(({ frame }) => frame === targetId);
    if (twice) twins.set(textOf(targetId), params);
    if (kind === undefined || twice || targets.size >= MOST_TARGETS || textOf(url).startsWith('devtools:')) {
      ask('Runtime.runIfWaitingForDebugger');
      return;
    }
    const place = scene.place(`${textOf(targetId)}.${session}`, kind);
    place.late = waitingForDebugger !== true;
    const queue = createQueue();
    const askFor = (method: string, params: object, answer: Answer) => rpc.ask(method, params, answer, session);
    const network = createNetwork(scene, place, askFor, queue.hold);
    const target: Target = {
      session,
      place,
      network,
      queue,
      kind,
      frame: textOf(targetId),
      realms: new Map(),
      announced: textOf(url),
    };
    targets.set(session, target);
    ask('Network.enable', { maxPostDataSize: 262_144 });
    ask('Target.setAutoAttach', AUTO_ATTACH);
    if (kind !== 'worker') watch(target, ask);
    ask('Runtime.runIfWaitingForDebugger');
  }

  function watch(target: Target, ask: (method: string, params?: object) => void): void {
    ask('Runtime.enable');
    ask('Page.enable');
    ask('Inspector.enable');
    ask('Runtime.addBinding', { name });
    const goTo = target.kind === 'page' ? launched : undefined;
    if (goTo !== undefined) launched = undefined;
    else scene.visited(target.place, target.announced);
    const script = { source, runImmediately: true };
    // Not before the script is known to be in: what is under way when the process of a page changes comes late.
    rpc.ask(
      'Page.addScriptToEvaluateOnNewDocument',
      script,
      () => (goTo === undefined ? undefined : navigate(target, goTo)),
      target.session,
    );
  }

  function navigate(target: Target, url: string): void {
    target.place.late = false;
    const answer = ({ errorText }: Members, error?: string) => {
      const why = error ?? textOf(errorText);
      if (why !== '') scene.problem(target.place, 'PAGE_NOT_LOADED', `${url} cannot be loaded: ${why}`);
    };
    rpc.ask('Page.navigate', { url }, answer, target.session);
  }

  /** Connections that were there before the script, or with `again` all: found on the heap by their prototype. */
  function find(target: Target, contextId: number, again: boolean): void {
    const ask = (method: string, params: object, then: (result: Members) => void) =>
      rpc.ask(method, params, (result, error) => (error === undefined ? then(result) : undefined), target.session);
    const expression = 'globalThis.RTCPeerConnection?.prototype';
    const objectGroup = 'renego';
    ask('Runtime.evaluate', { expression, contextId, objectGroup, silent: true }, ({ result }) => {
      const { objectId: prototypeObjectId } = objectOf(result);
      if (typeof prototypeObjectId !== 'string') return;
      ask('Runtime.queryObjects', { prototypeObjectId, objectGroup }, ({ objects }) => {
        const { objectId } = objectOf(objects);
        const functionDeclaration = `function () { ${controlIn(name)}?.adopt(this, ${again}); }`;
        const params = { functionDeclaration, objectId, silent: true };
        ask('Runtime.callFunctionOn', params, () => {
          rpc.ask('Runtime.releaseObjectGroup', { objectGroup }, undefined, target.session);
        });
      });
    });
  }

  /** A page out of the back/forward cache goes on where it was; it may have been put there before renego attached. */
  function restored(target: Target): void {
    for (const contextId of target.realms.keys()) {
      rpc.ask('Runtime.evaluate', { expression: source, contextId, silent: true }, undefined, target.session);
      find(target, contextId, true);
    }
  }

  function detached(session: string): void {
    const target = targets.get(session);
    for (const [id, twin] of twins) if (twin.sessionId === session) twins.delete(id);
    if (target === undefined) return;
    target.queue.end();
    targets.delete(session);
    const twin = twins.get(target.frame);
    twins.delete(target.frame);
    if (twin !== undefined) attached(twin);
    scene.gone(target.place, target.kind === 'worker' ? 'the worker ended' : 'the page was closed');
  }

  const forget = (target: Target, id: number): void => {
    const realm = target.realms.get(id);
    target.realms.delete(id);
    if (realm) scene.left(realm);
  };

  const EVENTS: Readonly<Record<string, (target: Target, params: Members) => void>> = {
    'Runtime.executionContextCreated'(target, { context }) {
      const { id, auxData } = objectOf(context);
      const { isDefault } = objectOf(auxData);
      if (typeof id !== 'number' || isDefault !== true) return;
      target.realms.set(id, target.place.realm(String(id)));
      if (target.place.late) find(target, id, false);
    },
    'Runtime.executionContextDestroyed'(target, { executionContextId }) {
      forget(target, Number(executionContextId));
    },
    'Runtime.executionContextsCleared'(target) {
      for (const id of [...target.realms.keys()]) forget(target, id);
    },
    'Runtime.bindingCalled'(target, { name: called, payload, executionContextId }) {
      const realm = target.realms.get(Number(executionContextId));
      if (called === name && realm && typeof payload === 'string') scene.reported(target.place, realm, payload);
    },
    'Page.frameNavigated'(target, { frame, type }) {
      const { id, url } = objectOf(frame);
      if (id !== target.frame) return;
      scene.emptied(target.place);
      target.place.late = false;
      // A popup may be there before its events are, and be told of twice.
      if (textOf(url) !== target.announced) scene.visited(target.place, textOf(url));
      target.announced = '';
      if (type === 'BackForwardCacheRestore') restored(target);
    },
    'Inspector.targetCrashed'(target) {
      scene.problem(target.place, 'PAGE_CRASHED', 'the page has crashed; its connections are gone');
      for (const id of [...target.realms.keys()]) forget(target, id);
      scene.emptied(target.place);
    },
  };

  return {
    begin(url) {
      launched = url;
      // By way of tabs Chromium would go on prerendering, but a page could be let go by another debugger before it is held.
      rpc.ask('Target.setAutoAttach', AUTO_ATTACH, (_result, error) => {
        if (error === undefined) ready();
        else refused(error);
      });
    },
    received: rpc.received,
    act(peer, method, argument, answer) {
      const target = [...targets.values()].find(({ place }) => place.id === peer.page.place);
      const contextId = [...(target?.realms ?? [])].find(([, realm]) => realm.key === peer.page.key)?.[0];
      if (target === undefined || contextId === undefined) {
        answer('its page is gone');
        return;
      }
      const args = [peer.local, method, argument].map((value) => JSON.stringify(value) ?? 'undefined').join(', ');
      const expression = `${controlIn(name)}.act(${args})`;
      const params = { expression, contextId, awaitPromise: true, returnByValue: true };
      rpc.ask(
        'Runtime.evaluate',
        params,
        ({ result, exceptionDetails }, error) => {
          const { description } = objectOf(objectOf(exceptionDetails).exception);
          answer(error ?? (exceptionDetails === undefined ? textOf(objectOf(result).value) : textOf(description)));
        },
        target.session,
      );
    },
    quit: () => rpc.ask('Browser.close', {}),
    leave: (then) => then(),
  };
}
