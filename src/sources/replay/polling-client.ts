/** Engine.IO over long polling, as the client. */

import type { RenegoError } from '../../core/errors.ts';
import type { HttpResponse } from '../../protocols/protocol.ts';
import { createHttpCarrier } from '../http-carrier.ts';
import type { LinkOptions } from '../link.ts';
import { addressOf, schemed } from './address.ts';
import type { Carrier, CarrierEvents } from './carrier.ts';
import { bodyOf, freshAddress, isUpkeep, packetsOf, readOpening, versionOf } from './engine-io.ts';
import type { Lane } from './script.ts';

export function createPollingLane(lane: Lane, options: LinkOptions, events: CarrierEvents): Carrier {
  const url = freshAddress(schemed(addressOf(schemed(options.url, 'http'), lane.url), 'http'), 'polling');
  const version = versionOf(url);
  let address: string | undefined;
  let posting = false;
  let pinging: NodeJS.Timeout | undefined;
  let closing = false;
  const outbox: string[] = [];
  let waiting = 0;
  const carrier = createHttpCarrier(
    { base: url, ...(options.headers && { headers: options.headers }), ...(options.insecure && { insecure: true }) },
    { passed: () => {}, event: () => {}, ended },
  );
  const poll = () => carrier.request({ do: 'request', id: 'poll', method: 'GET', url: address ?? url });

  function ended({ id, status, body, error: why }: HttpResponse, error?: RenegoError): void {
    if (closing) return;
    if (status !== 200) {
      if (address === undefined && error !== undefined) events.failed(error);
      else lost(why ?? `HTTP ${status}`);
      return;
    }
    if (id === 'post') {
      posting = false;
      post();
      return;
    }
    for (const packet of packetsOf(body)) received(packet);
    poll();
  }

  function received(packet: string): void {
    const opening = address === undefined ? readOpening(packet) : undefined;
    if (opening !== undefined) {
      address = `${url}&sid=${encodeURIComponent(opening.sid)}`;
      events.open(lane.key, url);
      if (version === 3) pinging = setInterval(() => say('2'), opening.pingInterval);
    }
    if (packet === '2') say('3');
    else if (packet === '1') lost('closed by the server');
    else if (packet.startsWith('b')) events.heard(lane.key, packet.slice(1), 'base64');
    else if (!isUpkeep(packet)) events.heard(lane.key, packet, 'text');
  }

  function lost(reason: string): void {
    if (closing) return;
    stop();
    events.closed(lane.key, 1006, reason);
  }

  function stop(): void {
    closing = true;
    clearInterval(pinging);
    carrier.stop();
  }

  function say(packet: string): void {
    outbox.push(packet);
    waiting += packet.length;
    post();
  }

  function post(): void {
    if (posting || outbox.length === 0 || address === undefined) return;
    posting = true;
    const headers = { 'content-type': 'text/plain;charset=UTF-8' };
    const body = bodyOf(outbox.splice(0), version);
    waiting = 0;
    carrier.request({ do: 'request', id: 'post', method: 'POST', url: address, headers, body });
  }

  return {
    open: poll,
    send({ encoding }, raw) {
      if (address === undefined || closing) return undefined;
      say(encoding === 'base64' ? `b${raw}` : raw);
      return {};
    },
    backlog: () => waiting,
    close() {
      stop();
      return Promise.resolve();
    },
  };
}
