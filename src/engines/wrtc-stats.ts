/** Reads the transport in use out of a getStats report (the stack has no getSelectedCandidatePair). */
import type { TransportStats } from './engine.ts';

type Report = Map<string, Record<string, unknown>>;

export const NO_STATS: TransportStats = {
  localUfrag: undefined,
  localCandidate: undefined,
  remoteCandidate: undefined,
  dtlsState: undefined,
  bytesSent: 0,
  bytesReceived: 0,
};

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
const count = (value: unknown): number => (typeof value === 'number' ? value : 0);

/** `udp host 192.0.2.1:4711`; the address of a candidate that only a check revealed stays hidden: `udp prflx ?:4711`. */
function candidateText(report: Report, id: unknown): string | undefined {
  const stats = typeof id === 'string' ? report.get(id) : undefined;
  if (!stats) return undefined;
  const address = String(stats.address || stats.ip || '?');
  const host = address.includes(':') ? `[${address}]` : address;
  return `${stats.protocol ?? '?'} ${stats.candidateType ?? '?'} ${host}:${stats.port ?? '?'}`;
}

/** The first transport's selected pair, DTLS state, ICE user fragment and byte counts. */
export function transportStats(report: Report): TransportStats {
  const transport = [...report.values()].find((stats) => stats.type === 'transport');
  if (!transport) return NO_STATS;
  const pair = report.get(String(transport.selectedCandidatePairId ?? ''));
  return {
    localUfrag: text(transport.iceLocalUsernameFragment),
    localCandidate: candidateText(report, pair?.localCandidateId),
    remoteCandidate: candidateText(report, pair?.remoteCandidateId),
    dtlsState: text(transport.dtlsState),
    bytesSent: count(transport.bytesSent),
    bytesReceived: count(transport.bytesReceived),
  };
}
