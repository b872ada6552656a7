/**
 * renego in an AppRTC room: the room server lets us in and says who offers, Collider passes messages on. The initiator
 * speaks by HTTP, so that the room server can keep what it says for who comes later; the other one by WebSocket.
 */
import { pairId, type Signal } from '../../core/event.ts';
import type { Capabilities, Client, ClientOptions, ClientOutput, HttpResponse } from '../protocol.ts';
import { PEER } from './decoder.ts';
import { type Joined, readCollider, readJoined, readPeerMessage, writePeerMessage } from './wire.ts';

export const APPRTC_CAPABILITIES: Capabilities = {
  trickle: true,
  renegotiation: true,
  restart: 'offer',
  bye: true,
  endOfCandidates: false,
};

const NOT_OURS = { why: 'only the initiator offers in AppRTC, and nothing asks it to; that is the other side here' };

/** The room server and the room, out of an address like `https://host/r/name`. Undefined if there is no room. */
export function roomAddress(url: string, room: string | undefined): { base: string; room: string } | undefined {
  if (!URL.canParse(url)) return undefined;
  const address = new URL(url);
  address.protocol = address.protocol.replace(/^ws/, 'http');
  const [, path = '', inPath] = /^(.*?)(?:\/r\/([^/]+))?\/?$/.exec(address.pathname) ?? [];
  const name = room ?? inPath;
  return name === undefined ? undefined : { base: `${address.origin}${path}`, room: name };
}

export function createApprtcClient({ as, url = '', room }: ClientOptions): Client {
  const pc = pairId(as, PEER);
  const address = roomAddress(url, room);
  let joined: Joined | undefined;
  let initiator = true;
  let sent = 0;

  const post = (what: string, body?: string): ClientOutput => {
    sent += 1;
    const id = what === 'join' ? what : `${what} ${sent}`;
    const place = joined === undefined ? encodeURIComponent(address?.room ?? '') : `${joined.room}/${joined.client}`;
    return { do: 'request', id, method: 'POST', url: `${address?.base}/${what}/${place}`, body: body ?? '' };
  };
  const send = (message: object): ClientOutput => ({ do: 'send', raw: JSON.stringify(message) });
  const say = (text: string): ClientOutput => (initiator ? post('message', text) : send({ cmd: 'send', msg: text }));

  function letIn(answer: Joined): readonly ClientOutput[] {
    if (answer.result !== 'SUCCESS') {
      const why = answer.result === 'FULL' ? 'two are in the room already' : `the room server says ${answer.result}`;
      return [{ do: 'refused', why, hint: 'Choose another room with --room.' }];
    }
    joined = answer;
    initiator = answer.initiator;
    if (!URL.canParse(answer.socket)) return [{ do: 'refused', why: 'the room server names no WebSocket (wss_url)' }];
    return [{ do: 'open', url: answer.socket }];
  }

  function heard(text: string): readonly ClientOutput[] {
    const signal: Signal = readPeerMessage(text, pc);
    if (signal.type === 'other') return [];
    // Who stays behind is the initiator from then on.
    if (signal.type === 'bye') initiator = true;
    return [{ do: 'signal', from: PEER, signal }];
  }

  /** Collider's socket is open. */
  const register = ({ room: roomid, client: clientid, messages }: Joined): readonly ClientOutput[] => [
    send({ cmd: 'register', roomid, clientid }),
    { do: 'joined', as },
    // What was said before we came comes first: whoever has offered need not be called.
    ...messages.flatMap(heard),
    // Nobody says when somebody comes; an offer waits at the room server until then.
    { do: 'presence', who: PEER, change: 'join' },
  ];

  return {
    opened() {
      if (joined !== undefined) return register(joined);
      if (address !== undefined) return [post('join')];
      return [{ do: 'refused', why: `${url} names no room`, hint: 'Name it with --room.' }];
    },
    responded(response: HttpResponse) {
      if (response.id === 'join') {
        const answer = readJoined(response.body);
        if (response.status === 200 && answer !== undefined) return letIn(answer);
        const why = response.error ?? `HTTP ${response.status}, and no answer of a room server`;
        return [{ do: 'refused', why: `${response.url}: ${why}` }];
      }
      const answer = readJoined(response.body);
      if (response.status === 200 && (answer === undefined || answer.result === 'SUCCESS')) return [];
      if (!response.id.startsWith('message')) return [];
      const detail = `a message was not taken: ${response.error ?? answer?.result ?? `HTTP ${response.status}`}`;
      return [{ do: 'problem', code: 'MESSAGE_REFUSED', detail }];
    },
    received(frame) {
      const message = frame.encoding === 'text' ? readCollider(frame.data) : undefined;
      if (message?.is === 'message') return heard(message.text);
      return message?.is === 'error' ? [{ do: 'problem', code: 'COLLIDER_ERROR', detail: message.why }] : [];
    },
    encode(signal) {
      const text = writePeerMessage(signal);
      return text === undefined ? undefined : text === '' ? [] : [say(text)];
    },
    capabilities: () =>
      initiator
        ? { ...APPRTC_CAPABILITIES, offers: 'us' }
        : { ...APPRTC_CAPABILITIES, offers: 'them', renegotiation: NOT_OURS, restart: NOT_OURS },
    leave() {
      if (joined === undefined) return [];
      const place = `${joined.post}/${joined.room}/${joined.client}`;
      const forgotten: ClientOutput[] =
        joined.post === '' ? [] : [{ do: 'request', id: 'gone', method: 'DELETE', url: place }];
      // The room server first: what the other one offers after the bye is then kept, not sent to us.
      return [post('leave'), ...forgotten];
    },
  };
}
