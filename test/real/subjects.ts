/**
 * Fresh real peer connections brought to the point where a message is applied that may be broken. The functions
 * below are self-contained: they run in Node with an engine's constructor and in a page with the browser's own.
 */

/** What is exchanged before, and which message then comes from the remote side. */
export type Moment = 'offer' | 'answer' | 'reoffer' | 'reanswer' | 'candidate';

export interface Plan {
  readonly moment: Moment;
  /** `audio`, `video`, `simulcast` or `data`, in the order of the m-lines. */
  readonly sections: readonly string[];
  /** What the second offer changes. */
  readonly change: 'nothing' | 'restart' | 'add' | 'stop' | 'direction';
  /** Given as the remote offer instead of a fresh one. */
  readonly offer?: string;
}

export interface Said {
  readonly from: 'local' | 'remote';
  readonly type: 'offer' | 'answer';
  readonly sdp: string;
}

export interface Prepared {
  readonly context: readonly Said[];
  /** The healthy message; for `candidate` the description it belongs to. */
  readonly message: Said;
}

/** `ok`, or the error's name and message. */
export interface Outcome {
  readonly applied: string;
  /** For an applied offer: of creating and setting the answer. */
  readonly answered: string;
}

/** Connections that wait for their message. */
export interface Store {
  readonly subjects: { readonly local: RTCPeerConnection; readonly remote: RTCPeerConnection }[];
  create(): RTCPeerConnection;
}

/** Opens a pair of connections for each plan and leaves them in `store`. */
export async function prepareAll(plans: readonly Plan[], store: Store): Promise<Prepared[]> {
  const add = (pc: RTCPeerConnection, kind: string): void => {
    if (kind === 'data') pc.createDataChannel('data');
    else if (kind === 'simulcast') {
      pc.addTransceiver('video', { sendEncodings: [{ rid: 'q' }, { rid: 'h' }, { rid: 'f' }] });
    } else pc.addTransceiver(kind);
  };
  const say = (from: 'local' | 'remote', { type, sdp }: { type: string; sdp?: string }): Said => {
    return { from, type: type as 'offer', sdp: sdp ?? '' };
  };
  async function exchange(from: RTCPeerConnection, to: RTCPeerConnection, who: 'local' | 'remote'): Promise<Said[]> {
    const offer = await from.createOffer();
    await from.setLocalDescription(offer);
    await to.setRemoteDescription(offer);
    const answer = await to.createAnswer();
    await to.setLocalDescription(answer);
    await from.setRemoteDescription(answer);
    return [say(who, offer), say(who === 'local' ? 'remote' : 'local', answer)];
  }
  function alter(pc: RTCPeerConnection, { change }: Plan): void {
    const [first] = pc.getTransceivers().filter((one) => one.mid !== null);
    if (change === 'restart') pc.restartIce();
    if (change === 'add') pc.addTransceiver('video');
    if (change === 'stop') first?.stop();
    if (change === 'direction' && first) first.direction = first.direction === 'sendrecv' ? 'sendonly' : 'inactive';
  }
  async function prepare(plan: Plan): Promise<Prepared> {
    const local = store.create();
    const remote = store.create();
    store.subjects.push({ local, remote });
    const context: Said[] = [];
    const byRemote = plan.moment === 'offer' || plan.moment === 'reoffer' || plan.moment === 'candidate';
    const again = plan.moment === 'reoffer' || plan.moment === 'reanswer';
    if (plan.offer !== undefined) return { context, message: { from: 'remote', type: 'offer', sdp: plan.offer } };
    const offerer = byRemote ? remote : local;
    for (const kind of plan.sections) add(offerer, kind);
    if (again) {
      context.push(...(await exchange(offerer, byRemote ? local : remote, byRemote ? 'remote' : 'local')));
      alter(offerer, plan);
    }
    const offer = await offerer.createOffer();
    await offerer.setLocalDescription(offer);
    if (byRemote) {
      if (plan.moment === 'candidate') await local.setRemoteDescription(offer);
      return { context, message: say('remote', offer) };
    }
    context.push(say('local', offer));
    await remote.setRemoteDescription(offer);
    const answer = await remote.createAnswer();
    await remote.setLocalDescription(answer);
    return { context, message: say('remote', answer) };
  }
  const prepared: Prepared[] = [];
  for (const plan of plans) prepared.push(await prepare(plan));
  return prepared;
}

/** What may be applied. */
export type Message = { type: 'offer' | 'answer'; sdp: string } | { init: RTCIceCandidateInit };

/** Applies a message to the local connection of this number; an offer is answered, too. */
export async function applyOne(message: Message, store: Store, which: number): Promise<Outcome> {
  const attempt = async (run: () => Promise<unknown>): Promise<string> => {
    try {
      await run();
      return 'ok';
    } catch (thrown) {
      const { name, message } = thrown as Error;
      return `${name}: ${message}`;
    }
  };
  const local = store.subjects[which]?.local;
  if (!local) return { applied: 'no connection', answered: 'ok' };
  if ('init' in message) return { applied: await attempt(() => local.addIceCandidate(message.init)), answered: 'ok' };
  const applied = await attempt(() => local.setRemoteDescription(message));
  if (applied !== 'ok' || message.type === 'answer') return { applied, answered: 'ok' };
  return { applied, answered: await attempt(async () => local.setLocalDescription(await local.createAnswer())) };
}

export function closeAll(store: Store): void {
  for (const { local, remote } of store.subjects.splice(0)) {
    local.close();
    remote.close();
  }
}
