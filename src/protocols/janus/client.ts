/** renego's own session with a Janus server: create, attach, keep alive, one peer connection a handle, destroy. */
import { type PartyId, pairId, type Signal } from '../../core/event.ts';
import type { Client, ClientOptions, ClientOutput } from '../protocol.ts';
import { createJanusDecoder } from './decoder.ts';
import { createEchotest } from './echotest.ts';
import { createHandles, type Handle, pluginName } from './handles.ts';
import { type Body, CAPABILITIES, type Plugin, type PluginContext, type Talk } from './plugin.ts';
import { createVideocall } from './videocall.ts';
import { createVideoroom } from './videoroom.ts';
import { errorIn, idIn, type JanusId, type JanusMessage, objectIn, readJanus } from './wire.ts';

const PLUGINS: Readonly<Record<string, (context: PluginContext) => Plugin>> = {
  echotest: createEchotest,
  videocall: createVideocall,
  videoroom: createVideoroom,
};

/** Janus forgets a session that is silent for 60 seconds. */
const KEEPALIVE_MS = 25_000;
const KEEPALIVE = 'keepalive';

export function createJanusClient(options: ClientOptions): Client {
  const handles = createHandles(options.as);
  const decoder = createJanusDecoder({ client: options.as }, handles);
  const name = pluginName(options.params?.plugin ?? 'echotest');
  const purposes = new Map<string, string>();
  let session: JanusId | undefined;
  let count = 0;
  let joined = false;

  /** The decoder hears it too, so that it knows what answers are for. */
  function request(janus: string, fields: Body = {}): ClientOutput & { readonly transaction: string } {
    count += 1;
    const transaction = `renego-${count}`;
    const { secret, token } = options.params ?? {};
    const raw = JSON.stringify({
      janus,
      transaction,
      ...(session !== undefined && { session_id: session }),
      ...(secret !== undefined && { apisecret: secret }),
      ...(token !== undefined && { token }),
      ...fields,
    });
    decoder.decode({ data: raw, encoding: 'text', direction: 'out' });
    return { do: 'send', raw, transaction };
  }

  const send = (janus: string, fields?: Body): ClientOutput => bare(request(janus, fields));

  const talk: Talk = {
    message: (handle, body, jsep) =>
      send('message', { handle_id: handle.id, body, ...(jsep && { jsep: { type: jsep.type, sdp: jsep.sdp } }) }),
    about: (handle, janus, fields) => send(janus, { handle_id: handle.id, ...fields }),
    attach(purpose) {
      const output = request('attach', { plugin: `janus.plugin.${name}` });
      if (purpose !== undefined) purposes.set(output.transaction, purpose);
      return bare(output);
    },
  };
  const plugin = PLUGINS[name]?.({ options, talk, handles });

  function begin(id: JanusId): readonly ClientOutput[] {
    session = id;
    const alive: ClientOutput = { do: 'wake', id: KEEPALIVE, after: KEEPALIVE_MS };
    return [alive, ...(plugin?.begin?.() ?? [talk.attach()])];
  }

  function succeeded(message: JanusMessage): readonly ClientOutput[] {
    const id = idIn(objectIn(message.body.data).id);
    const asked = handles.requestOf(message)?.janus;
    if (id === undefined) return [];
    if (asked === 'create' && session === undefined) return begin(id);
    const handle = asked === 'attach' ? handles.all().find((one) => one.id === id) : undefined;
    if (!handle) return [];
    const purpose = purposes.get(message.transaction ?? '');
    purposes.delete(message.transaction ?? '');
    return plugin?.attached(handle, purpose) ?? [];
  }

  /** Before we are in, an error is a refusal. */
  function failed({ code, reason }: { code: number; reason: string }): readonly ClientOutput[] {
    const why = `Janus error ${code}: ${reason}`;
    if (joined) return [{ do: 'problem', code: `JANUS_${code}`, detail: why }];
    return [{ do: 'refused', why, hint: 'Look at --room, --as and --param plugin, pin, secret, token.' }];
  }

  /** What a message means for the session, before what it means for calls. */
  function managed(message: JanusMessage, handle: Handle | undefined): readonly ClientOutput[] {
    const error = errorIn(message);
    if (error) return failed(error);
    switch (message.janus) {
      case 'success':
        return succeeded(message);
      case 'event':
        return handle ? (plugin?.event(message, handle) ?? []) : [];
      case 'timeout': {
        session = undefined;
        const detail = 'Janus has forgotten the session; renego begins another';
        return [{ do: 'problem', code: 'JANUS_TIMEOUT', detail }, send('create')];
      }
      default:
        return [];
    }
  }

  function heard(signals: readonly Signal[]): readonly ClientOutput[] {
    return signals.flatMap((signal): readonly ClientOutput[] => {
      const from = 'pc' in signal ? partyOf(signal.pc) : undefined;
      if (from === undefined || /^(?:notify|request|response)$/.test(signal.type)) return [];
      return [{ do: 'signal', from, signal }];
    });
  }

  const partyOf = (pc: string | undefined): PartyId | undefined =>
    handles.all().find((one) => pairId(options.as, one.party) === pc)?.party;

  return {
    opened() {
      if (plugin) return [send('create')];
      const known = Object.keys(PLUGINS).join(', ');
      const why = `renego does not know the plugin '${name}'`;
      return [{ do: 'refused', why, hint: `It knows ${known}: --param plugin=…` }];
    },
    received(frame) {
      const message = readJanus(frame);
      const { signals } = decoder.decode({ ...frame, direction: 'in' });
      if ('fault' in message) return [];
      const handle = handles.of(message);
      const outputs = [...managed(message, handle), ...heard(signals)];
      if (message.janus === 'detached' && handle) handles.drop(handle.id);
      joined ||= outputs.some((output) => output.do === 'joined');
      return outputs;
    },
    woken(id) {
      if (id !== KEEPALIVE) return plugin?.woken?.(id) ?? [];
      if (session === undefined) return [];
      return [send('keepalive'), { do: 'wake', id: KEEPALIVE, after: KEEPALIVE_MS }];
    },
    encode(signal, to) {
      // The one handle of a VideoCall is for whoever is called.
      const idle = name === 'videocall' ? handles.all().find(({ live }) => !live) : undefined;
      const handle = handles.byParty(to) ?? idle;
      return handle && encode(signal, handle, to);
    },
    capabilities: (to) => plugin?.capabilities(to) ?? CAPABILITIES,
    ask: (what, to) => plugin?.ask?.(what, to, handles.byParty(to)),
    leave: () => (session === undefined ? [] : [send('destroy')]),
  };

  function encode(signal: Signal, handle: Handle, to: PartyId): readonly ClientOutput[] | undefined {
    switch (signal.type) {
      case 'offer':
      case 'answer':
      case 'pranswer':
        return plugin && [talk.message(handle, plugin.body(signal, handle, to), signal)];
      case 'candidate':
        return [talk.about(handle, 'trickle', { candidate: candidateInit(signal) })];
      case 'end-of-candidates':
        return [talk.about(handle, 'trickle', { candidate: { completed: true } })];
      case 'bye':
        return plugin?.goodbye(handle);
      default:
        return undefined;
    }
  }
}

const bare = (output: ClientOutput & { readonly transaction: string }): ClientOutput => {
  const { transaction: _, ...rest } = output;
  return rest as ClientOutput;
};

function candidateInit(signal: Extract<Signal, { type: 'candidate' }>): Body {
  return {
    candidate: signal.candidate,
    ...(signal.mid !== undefined && { sdpMid: signal.mid }),
    ...(signal.mLine !== undefined && { sdpMLineIndex: signal.mLine }),
    ...(signal.ufrag !== undefined && { usernameFragment: signal.ufrag }),
  };
}
