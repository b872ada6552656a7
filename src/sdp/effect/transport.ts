/** What a round changed for the transports: restarts, certificates, DTLS roles, mux, and which sections share one. */
import { names, partyFirst } from '../agreement/describe.ts';
import type { AgreedTransport } from '../agreement/transport.ts';
import type { Agreement } from '../agreement.ts';
import { list } from '../diff/words.ts';
import type { Effect } from '../effect.ts';
import { visible } from '../printable.ts';
import { formerSide, PARTIES } from './parties.ts';

/** Effects on transports with the same tag in both agreements, then on their number. */
export function transportEffects(before: Agreement, after: Agreement): Effect[] {
  const old = new Map(before.transports.map((transport) => [transport.tag, transport]));
  const found = after.transports.flatMap((transport) => {
    const last = old.get(transport.tag);
    return last === undefined ? [] : keptTransport(before, after, last, transport);
  });
  return [...new Map(found.map((effect) => [effect.sentence, effect])).values(), ...bundleEffect(before, after)];
}

function keptTransport(
  before: Agreement,
  after: Agreement,
  old: AgreedTransport,
  transport: AgreedTransport,
): Effect[] {
  const differing = (field: 'ufrags' | 'certificates') =>
    PARTIES.filter((side) => old[field][formerSide(before, after, side)] !== transport[field][side]).map(
      (side) => names(after)[side],
    );
  const effects: Effect[] = [];
  const say = (found: Effect['class'], sentence: string) => effects.push({ mid: null, sentence, class: found });
  const restarted = differing('ufrags');
  if (restarted.length === 2) say('ice-restart', 'ICE restarted: both sides have new credentials.');
  if (restarted.length === 1) say('ice-restart', `Only ${list(restarted)} has new ICE credentials.`);
  const certified = differing('certificates');
  if (certified.length > 0)
    say(
      'dtls',
      `New DTLS handshake: ${list(certified)} ${certified.length > 1 ? 'present other certificates' : 'presents another certificate'}.`,
    );
  const flip = roleFlip(before, after, old, transport);
  if (flip !== undefined) say('dtls', flip);
  if (old.rtcpMux !== undefined && transport.rtcpMux !== undefined && old.rtcpMux !== transport.rtcpMux) {
    say('mux', transport.rtcpMux ? 'RTCP shares the media port now.' : 'RTCP has a port of its own now.');
  }
  return effects;
}

/** The DTLS client is another party; said only of parties known by name in both rounds. */
function roleFlip(
  before: Agreement,
  after: Agreement,
  old: AgreedTransport,
  transport: AgreedTransport,
): string | undefined {
  if (old.dtlsClient === undefined || transport.dtlsClient === undefined) return undefined;
  if (formerSide(before, after, transport.dtlsClient) === old.dtlsClient) return undefined;
  const other = transport.dtlsClient === 'offerer' ? 'answerer' : 'offerer';
  return partyFirst(`${names(after)[transport.dtlsClient]} is the DTLS client now (was ${names(after)[other]}).`);
}

function bundleEffect(before: Agreement, after: Agreement): Effect[] {
  const from = before.transports.length;
  const to = after.transports.length;
  if (from === to && to === 1 && before.transports[0]?.tag !== after.transports[0]?.tag) {
    const sentence = `The shared transport is that of mid ${visible(after.transports[0]?.tag ?? '?', 16)} now.`;
    return [{ mid: null, sentence, class: 'transport-moved' }];
  }
  if (from === to) return [];
  return [
    {
      mid: null,
      sentence: `The call uses ${to} ${to === 1 ? 'transport' : 'transports'} now (was ${from}).`,
      class: 'bundle',
    },
  ];
}
