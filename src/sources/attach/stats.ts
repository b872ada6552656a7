/** What getStats says, shortened to what tells about the negotiation. */
import { isObject, parseJson } from '../../protocols/json.ts';

type Stat = Readonly<Record<string, unknown>>;

export interface Stats {
  readonly reports: readonly Stat[];
  /** One line. Not made printable. */
  readonly text: string;
}

const TELLING: ReadonlySet<unknown> = new Set([
  ...['transport', 'candidate-pair', 'inbound-rtp', 'outbound-rtp', 'remote-inbound-rtp', 'data-channel'],
]);
const MOST = 100;

/** Undefined if the text is no list of statistics. */
export function readStats(json: string): Stats | undefined {
  const all = parseJson(json);
  if (!Array.isArray(all)) return undefined;
  const stats = all.filter(isObject);
  const byId = new Map(stats.map((stat) => [stat.id, stat]));
  const pair = selectedPair(stats);
  const [local, remote] = [byId.get(pair?.localCandidateId), byId.get(pair?.remoteCandidateId)];
  const rtp = stats.filter(({ type }) => type === 'inbound-rtp' || type === 'outbound-rtp');
  const parts = [
    pair === undefined ? 'no candidate pair is selected' : `${addressOf(local)} ↔ ${addressOf(remote)}`,
    typeof pair?.currentRoundTripTime === 'number' ? `${Math.round(pair.currentRoundTripTime * 1000)} ms` : '',
    pair === undefined ? '' : `${numberOf(pair.bytesSent)} bytes sent, ${numberOf(pair.bytesReceived)} received`,
    ...rtp.slice(0, 8).map((stat) => {
      const out = stat.type === 'outbound-rtp';
      return `${wordOf(stat.kind)} ${out ? 'out' : 'in'} ${numberOf(out ? stat.packetsSent : stat.packetsReceived)} packets`;
    }),
  ];
  const chosen = [pair, local, remote].filter((stat) => stat !== undefined);
  const rest = stats.filter((stat) => TELLING.has(stat.type) && (stat.type !== 'candidate-pair' || stat === pair));
  return {
    reports: [...new Set([...chosen, ...rest])].slice(0, MOST),
    text: parts.filter((part) => part !== '').join(' · '),
  };
}

function selectedPair(stats: readonly Stat[]): Stat | undefined {
  const transport = stats.find(({ type, selectedCandidatePairId: id }) => type === 'transport' && id !== undefined);
  const pairs = stats.filter(({ type }) => type === 'candidate-pair');
  return (
    pairs.find(({ id }) => id === transport?.selectedCandidatePairId) ??
    pairs.find(({ selected, nominated, state }) => selected === true || (nominated === true && state === 'succeeded'))
  );
}

function addressOf(candidate: Stat | undefined): string {
  if (candidate === undefined) return 'unknown';
  const { candidateType, protocol, address, ip, port } = candidate;
  return `${wordOf(candidateType)} ${wordOf(protocol)} ${wordOf(address ?? ip) || '?'}:${numberOf(port)}`;
}

const wordOf = (value: unknown): string => (typeof value === 'string' ? value.slice(0, 60) : '');
const numberOf = (value: unknown): number => (typeof value === 'number' ? value : 0);
