/** How somebody between an app and Janus has Janus restart ICE: where it is Janus that offers, it can be asked to. */
import type { Provocation } from '../protocol.ts';
import type { Handle } from './handles.ts';
import type { JanusMessage } from './wire.ts';

export interface Provoker {
  saw(message: JanusMessage, direction: 'in' | 'out', handle: Handle | undefined): void;
  provoke(what: 'offer' | 'restart-ice'): Provocation;
}

/** What a request has to carry besides: the session, and the secrets the app itself sends along. */
const ALONG = ['session_id', 'apisecret', 'token'];

export function createProvoker(): Provoker {
  let along: Readonly<Record<string, unknown>> = {};
  let subscription: Handle | undefined;
  let asked = 0;
  return {
    saw({ body, jsep, session }, direction, handle) {
      if (direction === 'out' && session !== undefined) {
        along = Object.fromEntries(ALONG.flatMap((name) => (body[name] === undefined ? [] : [[name, body[name]]])));
      }
      if (direction === 'in' && jsep?.type === 'offer' && handle?.plugin === 'videoroom') subscription = handle;
    },
    provoke(what) {
      if (what === 'offer' || subscription === undefined || along.session_id === undefined) {
        const call = what === 'offer' ? 'createOffer()' : 'createOffer({iceRestart: true})';
        return {
          why: `only the app can do that, by ${call}: Janus itself begins only where it offers, to subscribers of a VideoRoom`,
        };
      }
      asked += 1;
      const { id } = subscription;
      const body = { request: 'configure', restart: true };
      const request = { janus: 'message', ...along, handle_id: id, transaction: `renego ${asked}`, body };
      return { to: 'server', raw: JSON.stringify(request) };
    },
  };
}
