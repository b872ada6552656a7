import { visible } from '../../sdp/printable.ts';
import type { Candidate } from '../../sdp/sdp.ts';
import { a, anAnswer, anOffer, b, candidateOf, conversation } from '../example.ts';
import { firstOf } from '../first-of.ts';
import { type CandidateSubject, cite, type Rule } from '../rule.ts';

function oddities(candidate: Candidate, { record, section }: CandidateSubject): string[] {
  const { foundation, component, type, relatedAddress, transport, tcpType, priority } = candidate;
  const found: (string | false)[] = [
    transport === 'tcp' && tcpType === undefined && 'is tcp without tcptype (browsers take it for passive)',
    /^(?:srflx|prflx|relay)$/.test(type) && relatedAddress === undefined && `is ${type} without raddr and rport`,
    type === 'host' && relatedAddress !== undefined && 'is host with a raddr',
    type === 'prflx' && 'is prflx, a type that is found by checks and not signaled',
    !/^[A-Za-z0-9+/]{1,32}$/.test(foundation) && 'has a foundation outside the grammar',
    (component < 1 || component > 256) && `has the component ${component}`,
    component === 2 &&
      section?.rtcpMux !== undefined &&
      record.generation?.state === 'current' &&
      'is for component 2, RTCP, though rtcp-mux is agreed',
    (priority === 0 || priority > 2 ** 31 - 1) && `has the priority ${priority}, outside 1 to 2147483647`,
  ];
  return found.filter((text) => text !== false);
}

export const candidateOddGrammar: Rule = {
  id: 'candidate-odd-grammar',
  severity: 'info',
  scope: 'candidate',
  title: 'a candidate is unusual, but browsers accept it',
  cites: [cite('RFC 8839', '5.1'), cite('RFC 6544', '4.5'), cite('RFC 5761', '5.1.3')],
  explain:
    'The line does not follow the grammar or the rules of gathering in every point. Chrome and Firefox accept it; another stack may not.',
  fix: 'Nothing to do for browsers; mend the writer if another stack complains.',
  exceptions:
    'raddr 0.0.0.0 rport 0 hides the related address and is fine. Component 2 is normal until rtcp-mux is agreed.',
  examples: {
    bad: [
      conversation(
        'srflx without its related address',
        a.offers(anOffer()),
        a.sends(candidateOf('a', { type: 'srflx' })),
      ),
      conversation(
        'component 2 with rtcp-mux',
        a.offers(anOffer()),
        b.answers(anAnswer()),
        a.sends(candidateOf('a', { component: 2 })),
      ),
    ],
    good: [
      conversation(
        'a hidden related address',
        a.offers(anOffer()),
        a.sends(candidateOf('a', { type: 'srflx raddr 0.0.0.0 rport 0' })),
      ),
    ],
  },
  check: (subject) => {
    const { record, session } = subject;
    const found = record.candidate ? oddities(record.candidate, subject) : [];
    return found
      .filter((text) => firstOf(record.generation ?? session, `odd ${record.from} ${text}`, record))
      .map((text) => ({
        message: `A candidate of ${visible(record.from, 30)} ${text}.`,
        mid: record.mid ?? null,
      }));
  },
};
