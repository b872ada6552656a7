/** The VideoCall plugin: two users registered by name call each other; Janus stands between their peer connections. */
import type { PartyId } from '../../core/event.ts';
import type { ClientOutput } from '../protocol.ts';
import type { Handle } from './handles.ts';
import { CAPABILITIES, type Plugin, type PluginContext } from './plugin.ts';
import { objectIn, text } from './wire.ts';

/** How long between two looks at who is there: the plugin does not tell by itself. */
const LOOK_MS = 3_000;
const LOOK = 'list';
const MAX_USERS = 200;

export function createVideocall({ options, talk }: PluginContext): Plugin {
  let own: Handle | undefined;
  let users: readonly PartyId[] = [];
  /** Who rings, or was called, until the answer: that is carried by `accept`, later ones by `set`. */
  let stage: 'idle' | 'ringing' | 'calling' | 'talking' = 'idle';

  const look = (): readonly ClientOutput[] =>
    own === undefined || stage !== 'idle'
      ? []
      : [talk.message(own, { request: 'list' }), { do: 'wake', id: LOOK, after: LOOK_MS }];

  /** A call that ends is told in several ways at once: one look is enough. */
  const lookLater = (): readonly ClientOutput[] => [{ do: 'wake', id: LOOK, after: LOOK_MS }];

  function listed(list: readonly unknown[]): readonly ClientOutput[] {
    const names = list.filter((one): one is string => typeof one === 'string' && one !== options.as);
    const now = [...new Set(names)].slice(0, MAX_USERS);
    const before = users;
    users = now;
    return [
      ...before.filter((who) => !now.includes(who)).map((who) => presence(who, 'leave')),
      ...now.filter((who) => !before.includes(who)).map((who) => presence(who, 'join')),
    ];
  }

  function met(who: PartyId | undefined): readonly ClientOutput[] {
    if (who === undefined || users.includes(who)) return [];
    users = [...users, who].slice(-MAX_USERS);
    return [presence(who, 'join')];
  }

  return {
    attached(handle) {
      own = handle;
      return [talk.message(handle, { request: 'register', username: options.as })];
    },
    event({ plugin }) {
      const result = objectIn(plugin.result);
      if (Array.isArray(result.list)) return listed(result.list);
      switch (result.event) {
        case 'registered':
          return [{ do: 'joined', as: text(result.username) ?? options.as }, ...look()];
        case 'incomingcall':
          stage = 'ringing';
          return met(text(result.username));
        case 'accepted':
          stage = 'talking';
          return [];
        case 'hangup':
          stage = 'idle';
          return lookLater();
        default:
          return [];
      }
    },
    body({ type }, _handle, to) {
      if (type === 'offer' && stage === 'idle') {
        stage = 'calling';
        return { request: 'call', username: to };
      }
      if (type !== 'offer' && stage === 'ringing') {
        stage = 'talking';
        return { request: 'accept' };
      }
      return { request: 'set' };
    },
    goodbye(handle) {
      stage = 'idle';
      return [talk.message(handle, { request: 'hangup' }), ...lookLater()];
    },
    capabilities: () => CAPABILITIES,
    woken: (id) => (id === LOOK ? look() : []),
  };
}

const presence = (who: PartyId, change: 'join' | 'leave'): ClientOutput => ({ do: 'presence', who, change });
