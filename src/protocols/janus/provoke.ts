/** How somebody between an app and Janus has Janus restart ICE: where it is Janus that offers, it can be asked to. */
import { remember } from '../bounded.ts';
import type { Provocation } from '../protocol.ts';
import type { Handle } from './handles.ts';
import type { JanusId, JanusMessage } from './wire.ts';

export interface Provoker {
  saw(message: JanusMessage, direction: 'in' | 'out', handle: Handle | undefined): void;
  provoke(what: 'offer' | 'restart-ice'): Provocation;
}

type Body = Readonly<Record<string, unknown>>;

/** What a request has to carry besides: the session, and the secrets the app itself sends along. */
const ALONG = ['session_id', 'apisecret', 'token'];

/** The requests that have a plugin offer, said again with `restart`: what else is in them counts once more. */
const AGAIN: Readonly<Record<string, string>> = { streaming: 'watch', recordplay: 'play' };
const OFFER_BY = 'subscribers of a VideoRoom, viewers of a stream or a recording';

export function createProvoker(): Provoker {
  let along: Body = {};
  let offerer: Handle | undefined;
  let asked = 0;
  const requests = new Map<JanusId, Body>();

  /** What makes the plugin behind this handle offer with new credentials; undefined if nothing does. */
  function restartOf({ id, plugin }: Handle): Body | undefined {
    if (plugin === 'videoroom') return { request: 'configure', restart: true };
    const before = requests.get(id);
    return before && { ...before, restart: true };
  }

  return {
    saw({ body, jsep, session, plugin }, direction, handle) {
      if (direction === 'out' && session !== undefined) {
        along = Object.fromEntries(ALONG.flatMap((name) => (body[name] === undefined ? [] : [[name, body[name]]])));
      }
      if (handle === undefined) return;
      if (direction === 'out' && plugin.request !== undefined && plugin.request === AGAIN[handle.plugin]) {
        remember(requests, handle.id, plugin);
      }
      if (direction === 'in' && jsep?.type === 'offer' && restartOf(handle) !== undefined) offerer = handle;
    },
    provoke(what) {
      const body = what === 'restart-ice' && offerer !== undefined ? restartOf(offerer) : undefined;
      if (body === undefined || offerer === undefined || along.session_id === undefined) {
        const call = what === 'offer' ? 'createOffer()' : 'createOffer({iceRestart: true})';
        return {
          why: `only the app can do that, by ${call}: Janus itself begins only where it offers, to ${OFFER_BY}`,
        };
      }
      asked += 1;
      const request = { janus: 'message', ...along, handle_id: offerer.id, transaction: `renego ${asked}`, body };
      return { to: 'server', raw: JSON.stringify(request) };
    },
  };
}
