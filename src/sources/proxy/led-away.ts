/** Redirects that lead the app past the proxy: what it says there is not seen, which is not to be taken for silence. */
import type { IncomingMessage } from 'node:http';
import type { Exchange, Eyes } from './exchange.ts';
import type { Failure } from './failure.ts';

/** Servers of which it is told, each once. */
const MOST = 20;

/** Told of another address of the same host, such as that with TLS, and of any where a request that negotiates is sent to. */
export function tellLedAway(exchange: Exchange, answer: IncomingMessage, { addresses, backlog }: Eyes): void {
  const { names, told } = exchange;
  const target = leadsTo(answer, names.upstream);
  if (target === undefined || target.origin === new URL(names.upstream).origin) return;
  const same = hostOf(target) === hostOf(new URL(names.upstream));
  if (!(same || told.negotiates) || addresses.away.has(target.origin) || addresses.away.size >= MOST) return;
  addresses.away.add(target.origin);
  const failure = ledAway(target, new URL(names.upstream));
  backlog.add(failure.why.length, () => told.failed(failure));
}

/** Where the app goes now; undefined if the answer sends it nowhere, or to no address of the web. */
function leadsTo({ statusCode = 0, headers: { location } }: IncomingMessage, base: string): URL | undefined {
  if (!/^30[12378]$/.test(String(statusCode)) || location === undefined || !URL.canParse(location, base))
    return undefined;
  const target = new URL(location, base);
  return /^https?:$/.test(target.protocol) ? target : undefined;
}

const hostOf = ({ hostname }: URL): string => hostname.replace(/^www\./, '');

function ledAway(target: URL, from: URL): Failure {
  const tls = target.protocol === 'https:' && from.protocol === 'http:' ? ' (TLS)' : '';
  const why = `the server sends the app on to ${target.origin}${tls}, past the proxy: what is said there is not seen. Start renego proxy ${target.origin}/ instead`;
  return { code: 'PROXY_LED_AWAY', why };
}
