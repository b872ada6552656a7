/**
 * What goes on in a browser, whatever protocol tells it: pages with their lanes, their connections, sockets and requests.
 * Pure but for the clock it is given.
 */
import type { Draft, PartyId } from '../../core/event.ts';
import { createHttp, type Http } from './http.ts';
import { createKnown } from './known.ts';
import { createMoments } from './moments.ts';
import type { PageRef } from './peer.ts';
import { createPeers, type Peers } from './peers.ts';
import { type Report, readReport } from './report.ts';
import { createSockets, type Sockets } from './sockets.ts';

export type PlaceKind = 'page' | 'frame' | 'worker';

/** Where documents follow one another: a tab, a frame in a process of its own; or a worker. */
export interface Place {
  readonly id: string;
  /** Its present document, as far as sockets and requests are concerned. */
  readonly page: PageRef;
  /** One document, or realm, of it. */
  realm(id: string): PageRef;
  /** It ran before renego attached. */
  late: boolean;
}

export interface Scene {
  readonly peers: Peers;
  readonly sockets: Sockets;
  readonly http: Http;
  place(id: string, kind: PlaceKind): Place;
  /** A document was opened. */
  visited(place: Place, url: string): void;
  /** A realm is gone. */
  left(page: PageRef): void;
  /** The document of a place is gone: its sockets and requests are. */
  emptied(place: Place): void;
  gone(place: Place, why: string): void;
  /** What is told meanwhile happened at that time of the browser's network, in milliseconds, or now where that is none. */
  during(time: unknown, what: () => void): void;
  /** What the script in a page says. */
  reported(place: Place, realm: PageRef, text: string): void;
  /** What renego cannot do in this browser. */
  note(code: string, detail: string): void;
  problem(place: Place, code: string, detail: string): void;
  /** Something was not seen because the page had started before. */
  missed(place: Place, what: string): void;
}

/** More events than this in a second are not taken from pages. */
const MOST_A_SECOND = 2000;

export interface SceneOptions {
  /** `at`: when it happened by the clock of `now`, if not just now. */
  tell(draft: Draft, at?: number): number | undefined;
  /** Milliseconds. */
  now(): number;
}

export function createScene({ tell: tellAll, now }: SceneOptions): Scene {
  const lanes = new Map<string, PartyId>();
  const counts = new Map<PlaceKind | 'server', number>();
  const servers = new Map<string, PartyId>();
  const told = new Set<string>();
  const moments = createMoments(now);
  const tell = limited((draft) => tellAll(draft, moments.current()), now);
  const known = createKnown();
  const peers = createPeers(tell, known);

  function laneName(kind: PlaceKind | 'server'): PartyId {
    const count = (counts.get(kind) ?? 0) + 1;
    counts.set(kind, count);
    return count === 1 ? kind : `${kind}${count}`;
  }

  /** Named at first use: a tab where nothing happens has no lane. */
  function laneOf(id: string, kind: PlaceKind): PartyId {
    const lane = lanes.get(id) ?? laneName(kind);
    lanes.set(id, lane);
    return lane;
  }

  function server(url: string): PartyId {
    const host = hostOf(url);
    const lane = servers.get(host) ?? (servers.size < 100 ? laneName('server') : 'server');
    if (servers.size < 100) servers.set(host, lane);
    return lane;
  }

  const options = { tell, server, known, peers };
  const sockets = createSockets(options);
  const http = createHttp(options);

  function problem(place: Place, code: string, detail: string): void {
    const lane = place.page.lane();
    tell({ from: lane, to: lane, kind: 'problem', code, detail });
  }

  function missed(place: Place, what: string): void {
    if (!place.late || told.has(place.id)) return;
    told.add(place.id);
    problem(place, 'ATTACHED_LATE', `${what}: this page ran before renego attached. Reload it to see everything.`);
  }

  return {
    peers,
    sockets,
    http,
    problem,
    missed,
    note: (code, detail) => void tell({ from: '', to: '', kind: 'problem', code, detail }),
    place(id, kind) {
      const lane = () => laneOf(id, kind);
      return {
        id,
        page: { key: id, place: id, lane },
        late: false,
        realm: (realm) => ({ key: `${id}/${realm}`, place: id, lane }),
      };
    },
    visited(place, url) {
      if (!/^(?:https?|file):/.test(url)) return;
      const lane = place.page.lane();
      tell({ from: lane, to: lane, link: lane, kind: 'link', change: 'open', url: url.slice(0, 2000) });
    },
    left: ({ key }) => peers.left(key),
    during: (time, what) => moments.during('network', time, what),
    emptied({ page }) {
      sockets.left(page.key);
      http.left(page.key);
    },
    gone(place, why) {
      const lane = lanes.get(place.id);
      for (const page of new Set(peers.open().map((peer) => peer.page))) {
        if (page.place === place.id) peers.left(page.key);
      }
      sockets.left(place.id);
      http.left(place.id);
      if (lane !== undefined) tell({ from: lane, to: lane, link: lane, kind: 'link', change: 'close', reason: why });
    },
    reported(place, realm, text) {
      const report = readReport(text);
      if (report === undefined) return;
      moments.during('page', report.at, () => {
        if (isOfSocket(report)) hearSocket(sockets, place, realm, report);
        else peers.heard(realm, report);
      });
      if (report.k === 'adopt') {
        missed(place, 'what its peer connection did before is not known, only what it has come to');
      }
    },
  };
}

type SocketReport = Extract<Report, { ws: number }>;

const isOfSocket = (report: Report): report is SocketReport => 'ws' in report;

function hearSocket(sockets: Sockets, { page }: Place, realm: PageRef, report: SocketReport): void {
  const id = `${realm.key}/${report.ws}`;
  switch (report.k) {
    case 'ws-new':
      sockets.created(id, page, report.url);
      if (report.had) sockets.opened(id, '');
      break;
    case 'ws-open':
      sockets.opened(id, report.protocol);
      break;
    case 'ws-close':
      sockets.closed(id, report.code, report.reason);
      break;
    case 'ws-error':
      sockets.failed(id, 'the connection failed');
      break;
    default: {
      const { k, data, binary, cut } = report;
      sockets.frame(id, page, { out: k === 'ws-out', data, encoding: binary ? 'base64' : 'text', cut });
    }
  }
}

/**
 * A page can make as many events as it likes: what is too much is left out, and that is said at once, and how much it was
 * when the second is over. What went over the wire has a share of its own, which calls cannot use up.
 */
function limited(tell: (draft: Draft) => number | undefined, now: () => number): (draft: Draft) => number | undefined {
  const share = () => ({ since: 0, taken: 0, dropped: 0 });
  const shares = { message: share(), end: share(), other: share() };
  const say = ({ from }: Draft, detail: string) =>
    tell({ from, to: from, kind: 'problem', code: 'TOO_MANY_EVENTS', detail });
  return (draft) => {
    const isEnd = draft.kind === 'state' && draft.value === 'closed';
    const share = shares[draft.kind === 'message' ? 'message' : isEnd ? 'end' : 'other'];
    const t = now();
    if (t - share.since >= 1000) {
      if (share.dropped > 0) say(draft, `${share.dropped} events were left out`);
      Object.assign(share, { since: t, taken: 0, dropped: 0 });
    }
    share.taken += 1;
    if (share.taken <= MOST_A_SECOND) return tell(draft);
    if (share.dropped === 0)
      say(draft, `more than ${MOST_A_SECOND} events came in a second; the rest of it is left out`);
    share.dropped += 1;
    return undefined;
  };
}

function hostOf(url: string): string {
  try {
    return new URL(url).host;
  } catch {
    return '';
  }
}
