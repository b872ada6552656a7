/** The proxy as a source: it listens, passes on, and tells what it sees. */
import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Action, Draft } from '../../core/event.ts';
import { loadProtocols } from '../../protocols/index.ts';
import { createMemory } from '../../protocols/recogniser/decoder.ts';
import { deferred } from '../deferred.ts';
import { listenError } from '../listen.ts';
import type { Emit, Source, Telling } from '../source.ts';
import { createBacklog } from './backlog.ts';
import { type Certificate, makeCertificate } from './certificate.ts';
import { createControl } from './control.ts';
import type { Eyes } from './exchange.ts';
import { createFront } from './front.ts';
import type { Names } from './headers.ts';
import { passExchange } from './http.ts';
import { createHttpExchanges } from './http-exchanges.ts';
import { engineId } from './http-facts.ts';
import { createHttpInjector } from './http-inject.ts';
import { createLanes } from './lanes.ts';
import { createLater } from './later.ts';
import { createListing } from './listing.ts';
import type { ProxyOptions } from './options.ts';
import type { Passage } from './passage.ts';
import { SERVER } from './reader.ts';
import { openRelay } from './relay/relay.ts';
import type { RemoteSocket } from './relay/remote-socket.ts';
import { createRooms } from './rooms.ts';
import { createRuleUse } from './rule-use.ts';
import { passUpgrade } from './upgrade.ts';
import { createUpstream } from './upstream.ts';
import { type Common, openWire, type Wire } from './wire.ts';

export interface ProxySource extends Source {
  /** What to put into the app instead of the server's address. */
  readonly url: string;
  readonly certificate: Certificate | undefined;
  /** A sentence for each rule that has met no message so far. */
  unmet(): readonly string[];
  close(): Promise<void>;
}

const PATIENCE_MS = 60_000;
const SILENCE_MS = 10_000;
const DRAIN_MS = 60_000;
const MISSING = 'what they said is missing here';

/** Listens. Rejects with RenegoError `PROXY_URL` or `LISTEN_…`. */
export async function openProxy(options: ProxyOptions): Promise<ProxySource> {
  const later = createLater();
  const upstream = createUpstream(options.url, options.insecure === true, (...to) => relay.dial(...to));
  const certificate = options.tls === true ? await makeCertificate(options.host) : undefined;
  await (options.protocol === undefined ? loadProtocols() : options.protocol.load?.());
  const memory = createMemory();
  const tries = { vain: 0 };
  const lanes = createLanes();
  const wires = new Set<Wire>();
  const passages = new Set<Passage>();
  const early: [Draft, Telling | undefined][] = [];
  let emit: Emit = (draft, telling) => {
    early.push([draft, telling]);
    return undefined;
  };
  let ended = false;
  const started = performance.now();
  const tell = (draft: Draft, telling?: Telling) => {
    if (ended) return undefined;
    const { since } = later;
    const seq = emit(draft, since === undefined ? telling : { at: since, ...telling });
    control.saw(draft);
    use.saw(draft);
    return seq;
  };
  const problem = (code: string, detail: string, telling?: Telling) =>
    tell({ from: SERVER, to: SERVER, kind: 'problem', code, detail }, telling);
  const broken = deferred<never>();
  broken.promise.catch(() => {});
  const relay = openRelay(later, {
    accepted: (socket) => server.emit('connection', socket),
    behind: (at) => lag('more passes than can be read at once: it goes on, and is read in its turn', at),
    caughtUp: (waited, at) => lag(`what has passed is read: ${waited} bytes had to wait`, at),
    failed(error) {
      const detail = `${error.message}: what passed in the last moment may be missing here`;
      later.add(() => problem('PROXY_BROKE', detail));
      broken.reject(error);
    },
  });
  function lag(detail: string, at: number): void {
    later.add(() => problem('PROXY_BEHIND', detail, { at }));
  }
  const use = createRuleUse(options.interventions ?? []);
  const control = createControl({
    fixed: use.rules,
    wires,
    passages,
    others: () => http.readers(),
    injector: () => injector,
    tell,
  });
  const named = options.protocol === undefined ? {} : { protocol: options.protocol };
  const common: Common = {
    later,
    relay,
    interventions: control.interventions,
    patience: options.patience ?? PATIENCE_MS,
    silence: options.silence ?? SILENCE_MS,
    elapsed: () => performance.now() - started,
    random: randomBytes,
    tell,
    memory,
    tries,
    rooms: createRooms(),
    ...named,
  };
  const http = createHttpExchanges({ origin: upstream.origin, lanes, tell, memory, tries, ...named });
  const addresses = {
    rewritten: options.rewrite !== false,
    scriptsSealed: false,
    opened: false,
    away: new Set<string>(),
  };
  const listing = createListing(tell, (detail, telling) => problem('PROXY_BUSY', `HTTP: ${detail}`, telling));
  const eyes: Eyes = {
    later,
    backlog: createBacklog(later, tell),
    listing,
    silence: common.silence,
    stepIn: { ...common, list: listing.list, passages },
    streams: new Map(),
    latest: new Map(),
    addresses,
    codings: new Set(),
  };
  const injector = createHttpInjector(http, upstream, eyes);
  const scheme = certificate === undefined ? 'http' : 'https';
  const namesOf = ({ headers }: IncomingMessage): Names => {
    const proxy = `${scheme}://${/^[\w.\-[\]:]+$/.test(headers.host ?? '') ? headers.host : address()}`;
    const page = headers.origin === upstream.origin && proxy !== upstream.origin ? { page: upstream.origin } : {};
    return { proxy, upstream: upstream.origin, ...page };
  };
  function address(): string {
    return `${options.host.includes(':') ? `[${options.host}]` : options.host}:${port}`;
  }

  const server = createFront({
    request(request, response) {
      passExchange({ request, response, names: namesOf(request), told: http.of(request, response) }, upstream, eyes);
    },
    upgrade,
    turnedAway(why) {
      later.add(() => problem('PROXY_BAD_REQUEST', `the proxy turned somebody away: ${why}`));
    },
  });

  function upgrade(request: IncomingMessage, socket: RemoteSocket, head: Buffer): void {
    const key = engineId(request.url);
    const lane = lanes.open(key);
    let [opened, gone] = [false, false];
    const leave = () => {
      if (!gone) lanes.close(lane, !opened);
      gone = true;
    };
    // Whoever comes back has the name again, also while what it said before waits to be read.
    socket.once('left', leave).once('close', leave);
    passUpgrade({ request, socket, head, names: namesOf(request) }, upstream, common.silence, {
      opened(ends, about) {
        const wire = openWire(ends, { ...about, ...lane }, common);
        opened = true;
        wires.add(wire);
        socket.on('close', () => wires.delete(wire));
      },
      refused({ code, why, brief = why }, status) {
        const base = { from: lane.party, to: SERVER, link: lane.link } as const;
        later.add(() => {
          tell({ ...base, kind: 'link', change: 'error', reason: brief, ...(status > 0 && { code: status }) });
          tell({ ...base, kind: 'problem', code, detail: why });
        });
        leave();
      },
      silent(why) {
        const base = { from: SERVER, to: lane.party, link: lane.link } as const;
        later.add(() => tell({ ...base, kind: 'problem', code: 'PROXY_SILENT', detail: why }));
      },
    });
  }

  const port = await relay.listen({ host: options.host, port: options.port }, certificate).catch(async (error) => {
    await relay.close(0);
    throw listenError(error, options.host, options.port);
  });

  /** What has passed is read to its end. */
  async function closeOnce(): Promise<void> {
    const unread = await relay.close(options.drain ?? DRAIN_MS);
    later.drain();
    listing.report();
    if (unread > 0)
      problem('PROXY_BLIND', `the last ${unread} bytes that passed on WebSockets are not read: ${MISSING}`);
    for (const detail of use.unmet()) problem('RULE_UNMET', detail);
    ended = true;
    for (const passage of passages) passage.cancel();
    upstream.close();
  }

  let closing: Promise<void> | undefined;
  const close = () => {
    closing ??= closeOnce();
    return closing;
  };

  const path = upstream.url.pathname + upstream.url.search;
  const app = /^ws/i.test(options.url) ? scheme.replace('http', 'ws') : scheme;
  return {
    url: `${app}://${address()}${path}`,
    certificate,
    close,
    async start(sink, signal) {
      emit = sink;
      for (const [draft, telling] of early.splice(0)) emit(draft, telling);
      const aborted = new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
      try {
        if (!signal.aborted) await Promise.race([aborted, broken.promise]);
      } finally {
        await close();
      }
      return { reason: 'closed', code: 0 };
    },
    unmet: use.unmet,
    held: control.held,
    attend: control.attend,
    stays: 'what the app and the server say to each other would stand still: use another terminal',
    dispatch: (action: Action) => control.dispatch(action),
    refusal: (action: Action) => (ended ? 'the session is over' : control.refusal(action)),
  };
}
