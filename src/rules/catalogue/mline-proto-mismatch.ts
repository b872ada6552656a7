import { visible } from '../../sdp/printable.ts';
import type { MSection } from '../../sdp/sdp.ts';
import { a, anAnswer, anOffer, b, conversation, edit } from '../example.ts';
import { chromeOnOrder } from '../mids.ts';
import { nameOf, whose } from '../naming.ts';
import { cite, type Report, type Rule } from '../rule.ts';
import { sipccRefusesLine } from '../sipcc.ts';

export const mlineProtoMismatch: Rule = {
  id: 'mline-proto-mismatch',
  severity: 'warning',
  scope: 'description',
  title: 'the transport protocol of a section differs from what it was',
  cites: [cite('RFC 3264', '6'), cite('RFC 9429', '5.8.3'), cite('RFC 9429', '5.1.2')],
  explain:
    'The answer names the protocol of the offer, and later offers keep it. Browsers accept any of the profiles they know, so nothing fails at once, but a gateway that reads the profile may switch encryption or feedback off. A data section whose protocol Chrome does not know is no data section to it, and it refuses the description.',
  fix: 'Copy the protocol of the offered m= line into the answer.',
  exceptions:
    'RTP/SAVPF, UDP/TLS/RTP/SAVPF and TCP/DTLS/RTP/SAVPF mean the same with DTLS, and so do the names of DTLS/SCTP.',
  examples: {
    bad: [
      conversation(
        'answered without feedback',
        a.offers(anOffer()),
        b.answers(edit(anAnswer(), ['RTP/SAVPF', 'RTP/SAVP'])),
      ),
      conversation(
        'no protocol for data',
        a.offers(anOffer(['data'])),
        b.answers(edit(anAnswer(['data']), ['UDP/DTLS/SCTP', 'UDP/SCTP'])),
      ),
    ],
    good: [
      conversation(
        'the old name of the same profile',
        a.offers(anOffer()),
        b.answers(edit(anAnswer(), ['UDP/TLS/RTP/SAVPF', 'RTP/SAVPF'])),
      ),
      conversation('the same', a.offers(anOffer(['audio', 'data'])), b.answers(anAnswer(['audio', 'data']))),
    ],
  },
  check: ({ description, live }) => {
    const before = description.type === 'offer' ? description.base?.media : description.round?.offer;
    const changed = live.flatMap((now) => {
      const old = before?.sdp.media[now.index];
      if (!old || old.rejected || old.kind !== now.kind || classOf(old) === classOf(now) || insecure(now)) return [];
      return [{ old, now }];
    });
    const alien = changed.find(({ now }) => now.kind === 'application' && classOf(now) !== 'sctp');
    const first = alien ?? changed[0];
    if (!first) return [];
    const rest = changed.length > 1 ? ` (and ${changed.length - 1} more)` : '';
    const message = `${whose(description)} names the protocol '${visible(first.now.protocol, 30)}' for ${nameOf(first.now)}, where it was '${visible(first.old.protocol, 30)}'${rest}.`;
    const firefox = sipccRefusesLine(description.sdp, first.now.line);
    const refusedBy = { chrome: chromeOnOrder(description), ...(firefox === undefined ? {} : { firefox }) };
    const refused: Partial<Report> = { severity: 'error', refusedBy };
    return [{ message, section: first.now, ...(alien && refused) }];
  },
};

function classOf({ protocol }: MSection): string {
  const name = protocol.toUpperCase();
  if (/^(?:UDP\/TLS\/|TCP\/DTLS\/)?RTP\/SAVPF$/.test(name)) return 'dtls-srtp';
  return /^(?:UDP\/|TCP\/)?DTLS\/SCTP$/.test(name) ? 'sctp' : name;
}

/** Without a certificate it is another matter: rule mline-insecure-profile. */
function insecure({ protocol, dtls }: MSection): boolean {
  return dtls.fingerprints.length === 0 && protocol.toUpperCase().includes('RTP/');
}
