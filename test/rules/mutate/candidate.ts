/** Ways to break a candidate as it travels. */
import type { Random } from '../../helpers/seeded.ts';

/** RTCIceCandidateInit as it travels. */
export interface CandidateInit {
  readonly candidate: string;
  readonly sdpMid?: string | null;
  readonly sdpMLineIndex?: number | null;
  readonly usernameFragment?: string | null;
}

export type MutateCandidate = (init: CandidateInit, random: Random) => CandidateInit;

const field = (at: number, by: string): MutateCandidate => {
  return (init) => ({
    ...init,
    candidate: init.candidate
      .split(' ')
      .map((one, i) => (i === at ? by : one))
      .join(' '),
  });
};
const text = (edit: (candidate: string) => string): MutateCandidate => {
  return (init) => ({ ...init, candidate: edit(init.candidate) });
};

export const candidateMutators: Readonly<Record<string, MutateCandidate>> = {
  nothing: (init) => init,
  'drop any field': (init, random) => {
    const fields = init.candidate.split(' ');
    fields.splice(random(fields.length), 1);
    return { ...init, candidate: fields.join(' ') };
  },
  'cut anywhere': (init, random) => ({
    ...init,
    candidate: init.candidate.slice(0, 1 + random(init.candidate.length)),
  }),
  'without its prefix': text((candidate) => candidate.replace('candidate:', '')),
  'with a=': text((candidate) => `a=${candidate}`),
  'with a line end': text((candidate) => `${candidate}\r\n`),
  'two lines': text((candidate) => `${candidate}\r\n${candidate}`),
  'in quotes': text((candidate) => JSON.stringify(candidate)),
  'long foundation': field(0, `candidate:${'9'.repeat(40)}`),
  'component 0': field(1, '0'),
  'component 2': field(1, '2'),
  'component 300': field(1, '300'),
  'component a word': field(1, 'x'),
  'transport upper case': field(2, 'UDP'),
  'transport tcp without tcptype': field(2, 'tcp'),
  'transport unknown': field(2, 'sctp'),
  'priority 0': field(3, '0'),
  'priority too big': field(3, '4294967296'),
  'priority negative': field(3, '-1'),
  'priority a word': field(3, 'x'),
  'address a name': field(4, 'host.example.org'),
  'address mDNS': field(4, '0a1b2c3d-1111-2222-3333-444455556666.local'),
  'address IPv6': field(4, '2001:db8::1'),
  'address not quite one': field(4, '300.1.2.3'),
  'address zero': field(4, '0.0.0.0'),
  'address redacted': field(4, 'x.x.x.x'),
  'port 0': field(5, '0'),
  'port 70000': field(5, '70000'),
  'port negative': field(5, '-1'),
  'port a word': field(5, 'x'),
  'no typ': field(6, 'type'),
  'type unknown': field(7, 'guest'),
  'type relay without an address': field(7, 'relay'),
  'type srflx without an address': field(7, 'srflx'),
  tcptype: text((candidate) => `${candidate.replace(' udp ', ' tcp ')} tcptype passive`),
  'tcptype unknown': text((candidate) => `${candidate.replace(' udp ', ' tcp ')} tcptype maybe`),
  'unknown extension': text((candidate) => `${candidate} foo bar`),
  'unknown extension without a value': text((candidate) => `${candidate} foo`),
  'end of candidates as an attribute': () => ({ candidate: 'a=end-of-candidates', sdpMid: '0', sdpMLineIndex: 0 }),
  'the end': (init) => ({ ...init, candidate: '' }),
  'without mid and index': ({ candidate }) => ({ candidate }),
  'mid only': ({ candidate, sdpMid }) => ({ candidate, sdpMid: sdpMid ?? null }),
  'index only': ({ candidate, sdpMLineIndex }) => ({ candidate, sdpMLineIndex: sdpMLineIndex ?? null }),
  'unknown mid': (init) => ({ ...init, sdpMid: 'other' }),
  'unknown index': ({ candidate }) => ({ candidate, sdpMLineIndex: 42 }),
  'unknown index beside a mid': (init) => ({ ...init, sdpMLineIndex: 42 }),
  'empty mid': (init) => ({ ...init, sdpMid: '' }),
  'empty mid and no index': ({ candidate }) => ({ candidate, sdpMid: '' }),
  'unknown ufrag': (init) => ({ ...init, usernameFragment: 'none' }),
  'another ufrag in the text': text((candidate) => candidate.replace(/ufrag \S+/, 'ufrag none')),
  'no ufrag at all': ({ candidate, sdpMid, sdpMLineIndex }) => ({
    candidate: candidate.replace(/ ufrag \S+/, ''),
    sdpMid: sdpMid ?? null,
    sdpMLineIndex: sdpMLineIndex ?? null,
  }),
};
