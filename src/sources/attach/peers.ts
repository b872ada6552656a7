/**
 * The peer connections of all pages, from reports to events: what is set locally goes to the far side, what is set remotely
 * has come from there. The same shape as a browser's own dump has when it is read.
 */
import { editOf, editWords } from '../../core/edited.ts';
import type { Draft, EventBody, PcId } from '../../core/event.ts';
import type { FoundSignal } from '../../protocols/recogniser/recognise.ts';
import { stepsTo } from './adopted.ts';
import { createBook, MOST_PEERS } from './book.ts';
import { createEnds } from './ends.ts';
import type { Known } from './known.ts';
import { initOf, madeOf, mungedFrom, type OpenCall, type PageRef, type Peer, REMOTE, signalOf } from './peer.ts';
import type { PageCandidate, PageDescription, Report, SocketReport } from './report.ts';

export type PeerReport = Exclude<Report, SocketReport>;

/** The name of the log that the page's own events come from. */
const PROTOCOL = 'page';

export interface Peers {
  heard(page: PageRef, report: PeerReport): void;
  /** The document is gone, and its connections with it. */
  left(pageKey: string): void;
  /** Those that are not closed, the oldest first. */
  open(): readonly Peer[];
  named(pc: PcId): Peer | undefined;
}

/** More calls of one connection that do not end are not followed. */
const MOST_CALLS = 500;

export function createPeers(tell: (draft: Draft) => number | undefined, known: Known): Peers {
  let isTold = false;
  const book = createBook(({ page }) => {
    if (isTold) return;
    isTold = true;
    const detail = `more than ${MOST_PEERS} peer connections are open at once; of those the oldest are not followed any more`;
    tell({ from: page.lane(), to: page.lane(), kind: 'problem', code: 'TOO_MANY_CONNECTIONS', detail });
  });

  const inside = ({ pc }: Peer, body: EventBody) => tell({ from: pc, to: pc, ...body });
  const call = (peer: Peer, name: string, rest: object = {}) =>
    inside(peer, { kind: 'call', pc: peer.session, name, ...rest });
  const ends = createEnds(known, book.named);

  function message(peer: Peer, out: boolean, content: PageDescription | PageCandidate): number | undefined {
    const { pc } = peer;
    if ('sdp' in content) ends.part(peer);
    const given = signalOf(content, pc) as FoundSignal;
    const made = out ? undefined : ends.madeBy(peer, given);
    // The other end has told it, or will as soon as it has set it.
    if (made !== undefined) {
      if ('sdp' in content) noteEdit(peer, content, known.bringerOf(given) ?? made);
      return made.seq;
    }
    // That has no text to know it by.
    if (!out && peer.far !== REMOTE && !('sdp' in content) && content.candidate === '') return undefined;
    const { session, far } = peer;
    const [from, to] = out ? [pc, far] : [far, pc];
    const created = out && 'sdp' in content ? mungedFrom(peer, content) : undefined;
    const signal = { ...signalOf(content, session), ...(created !== undefined && { created }) };
    const found = signal as FoundSignal;
    const bringer = out ? undefined : known.bringerOf(found);
    const raw = JSON.stringify('sdp' in content ? content : initOf(content));
    const link = bringer === undefined ? {} : { link: bringer.link };
    const envelope = { kind: 'message', protocol: PROTOCOL, encoding: 'text', raw } as const;
    const seq = tell({ from, to, ...link, ...envelope, signals: [signal] });
    known.learn(found, { pc, local: out, seq });
    if ('sdp' in content) {
      peer.given ||= !out;
      if (bringer !== undefined) noteEdit(peer, content, bringer);
    }
    return seq;
  }

  /** The event of what the other end had not set yet when it was given to this one. */
  const toldBy = (peer: Peer, description: PageDescription) =>
    description.type === 'rollback' ? undefined : ends.madeBy(peer, signalOf(description, peer.pc) as FoundSignal)?.seq;

  /** What was given is not what had come. */
  function noteEdit(
    peer: Peer,
    content: PageDescription,
    came: { readonly text: string; readonly seq?: number | undefined },
  ) {
    const edit = editOf(came.text, content.sdp);
    if (edit === undefined) return;
    const where = came.seq === undefined ? '' : ` of event ${came.seq}`;
    const text = `${peer.pc}: the page changed the ${content.type}${where} before setting it: ${editWords(edit)}`;
    inside(peer, { kind: 'mark', text });
  }

  function state(peer: Peer, of: Extract<EventBody, { kind: 'state' }>['of'], value: string): void {
    if (of === 'signaling') peer.signaling = value;
    inside(peer, { kind: 'state', pc: peer.session, of, value });
  }

  /** Closing fires no events (webrtc-pc 4.4.2). */
  function close(peer: Peer): void {
    if (!peer.open) return;
    peer.open = false;
    peer.calls.clear();
    state(peer, 'connection', 'closed');
    state(peer, 'signaling', 'closed');
  }

  function begin(peer: Peer, report: Extract<PeerReport, { k: 'call' }>): void {
    const { name, description, candidate } = report;
    let of: number | undefined;
    if (name === 'createOffer' || name === 'setLocalDescription') peer.began += 1;
    if (name === 'setRemoteDescription' && description !== undefined && description.type !== 'rollback') {
      peer.described = true;
      of = message(peer, false, description);
    }
    if (name === 'addIceCandidate' && candidate !== undefined) of = message(peer, false, candidate);
    if (name === 'setLocalDescription' && description !== undefined && description.sdp !== '') {
      known.learn(signalOf(description, peer.pc) as FoundSignal, { pc: peer.pc, local: true, seq: undefined });
    }
    peer.calls.set(report.call, { name, description, of });
    const [oldest] = peer.calls.keys();
    if (peer.calls.size > MOST_CALLS && oldest !== undefined) peer.calls.delete(oldest);
  }

  function end(peer: Peer, report: Extract<PeerReport, { k: 'done' }>): void {
    const open = peer.calls.get(report.call);
    if (open === undefined || open.name !== report.name) return;
    peer.calls.delete(report.call);
    const { name, error, description } = report;
    if (name === 'createOffer' || name === 'createAnswer') {
      if (description !== undefined) {
        peer.created.set(description.type, description.sdp);
        known.learn(signalOf(description, peer.pc) as FoundSignal, { pc: peer.pc, local: true, seq: undefined });
      }
      call(peer, name, { ...(description && { args: description }), ok: error === undefined, ...(error && { error }) });
    } else if (name === 'setLocalDescription') setLocal(peer, open, report);
    else if (name === 'setRemoteDescription') {
      if (open.description === undefined) call(peer, name, { ok: error === undefined, ...(error && { error }) });
      else applied(peer, 'remote', open.description.type, { error, of: open.of ?? toldBy(peer, open.description) });
    } else if (error) applied(peer, 'candidate', undefined, { error, of: open.of });
  }

  function setLocal(peer: Peer, { description: given }: OpenCall, report: Extract<PeerReport, { k: 'done' }>): void {
    const { error, description: made } = report;
    const set = given?.sdp ? given : (made ?? given);
    if (error) {
      call(peer, 'setLocalDescription', set && { args: set });
      applied(peer, 'local', set?.type, { error, of: undefined });
    } else if (set === undefined) call(peer, 'setLocalDescription', { ok: true });
    else {
      peer.described ||= set.type !== 'rollback';
      const of = set.type === 'rollback' ? undefined : message(peer, true, set);
      applied(peer, 'local', set.type, { error, of });
    }
  }

  type Result = Pick<Extract<PeerReport, { k: 'done' }>, 'error'> & { readonly of: number | undefined };

  function applied(peer: Peer, op: 'local' | 'remote' | 'candidate', type: string | undefined, { error, of }: Result) {
    const result = { ok: error === undefined, ...(error && { error }), ...(of !== undefined && { of }) };
    inside(peer, { kind: 'apply', pc: peer.session, op, ...(type !== undefined && { type }), ...result });
  }

  /** What has been negotiated before anybody looked. */
  function adopt(peer: Peer, { states, current }: Extract<PeerReport, { k: 'adopt' }>): void {
    const steps = stepsTo(current);
    const met = ends.meet(peer, steps);
    call(peer, 'found, it was there before');
    for (const { out, content } of steps) {
      if (met === undefined) message(peer, out, content);
      else if (!out) applied(peer, 'remote', content.type, { error: undefined, of: met(content) });
    }
    peer.described ||= steps.length > 0;
    for (const of of ['signaling', 'gathering', 'ice', 'connection'] as const) {
      const value = states[of];
      if (value !== undefined) state(peer, of, value);
    }
    if (states.signaling === 'closed') peer.open = false;
  }

  return {
    heard(page, report) {
      if (report.k === 'outside') {
        const lane = page.lane();
        tell({ from: lane, to: lane, kind: 'call', pc: lane, ...madeOf(report) });
        return;
      }
      const peer = book.of(page, report.pc);
      if (peer === undefined) return;
      switch (report.k) {
        case 'new':
          call(peer, 'create', report.args === undefined ? {} : { args: report.args });
          break;
        case 'adopt':
          adopt(peer, report);
          break;
        case 'call':
          begin(peer, report);
          break;
        case 'done':
          end(peer, report);
          break;
        case 'made': {
          const { name, ...how } = madeOf(report);
          call(peer, name, how);
          if (name === 'close') close(peer);
          break;
        }
        case 'event':
          call(peer, report.name, report.args === undefined ? {} : { args: report.args });
          break;
        case 'candidate':
          message(peer, true, report.candidate);
          break;
        case 'state':
          state(peer, report.of, report.value);
      }
    },
    left(pageKey) {
      for (const peer of book.leave(pageKey)) if (peer.open) close(peer);
    },
    open: () => book.all().filter((peer) => peer.open),
    named: book.named,
  };
}
