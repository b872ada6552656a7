/** Reads the frames of one connection to a tracker in order. Every offer is for a peer connection of its own. */

import type { PartyId, Signal } from '../../core/event.ts';
import { echoOf } from '../echoes.ts';
import { clip, readDescriptionInit } from '../json.ts';
import type { Decoded, Decoder } from '../protocol.ts';
import { shortId } from '../recogniser/ids.ts';
import { readTracker, type TrackerMessage } from './wire.ts';

export function createTrackerDecoder({ client, server }: { client: PartyId; server: PartyId }): Decoder {
  /** What the client calls itself. */
  let peerId: string | undefined;

  function sent(message: TrackerMessage): Decoded {
    peerId = message.peerId ?? peerId;
    if (message.answer !== undefined) {
      const to = message.toPeerId === undefined ? server : shortId(message.toPeerId);
      return { from: client, to, signals: [description(message.answer, message, 'answer')] };
    }
    const offers = message.offers.map(({ id, offer }) => readDescriptionInit(offer, 'offer', shortId(id), 'offer'));
    return { from: client, to: server, signals: offers.length > 0 ? offers : [announcement(message)] };
  }

  function heard(message: TrackerMessage): Decoded {
    if (message.peerId !== undefined && message.peerId === peerId) {
      const ends = { from: client, to: server };
      return echoOf({ ...ends, signals: said(message, ends).signals });
    }
    return said(message, { from: message.peerId === undefined ? server : shortId(message.peerId), to: client });
  }

  function said(message: TrackerMessage, ends: { readonly from: PartyId; readonly to: PartyId }): Decoded {
    if (message.offer !== undefined) return { ...ends, signals: [description(message.offer, message, 'offer')] };
    if (message.answer !== undefined) return { ...ends, signals: [description(message.answer, message, 'answer')] };
    const known = message.action === 'announce' || message.action === 'scrape' ? message.action : undefined;
    if (message.failure !== undefined || known !== undefined) {
      const ok = message.failure === undefined;
      return { ...ends, signals: [{ type: 'response', method: known ?? 'announce', ok }] };
    }
    return { ...ends, signals: [{ type: 'other', label: clip(message.action ?? 'JSON without an action') }] };
  }

  return {
    decode(frame) {
      const message = readTracker(frame);
      if ('fault' in message) return { signals: [{ type: 'other', label: message.fault }] };
      return frame.direction === 'out' ? sent(message) : heard(message);
    },
  };
}

const description = (init: unknown, { offerId = '' }: TrackerMessage, type: 'offer' | 'answer'): Signal =>
  readDescriptionInit(init, type, shortId(offerId), type);

function announcement({ action, event }: TrackerMessage): Signal {
  if (action !== 'announce' && action !== 'scrape') {
    return { type: 'other', label: clip(action ?? 'JSON without an action') };
  }
  return { type: 'request', method: event === undefined ? action : clip(`${action} ${event}`) };
}
