/** What the script in a page reports, checked: a page can forge all of it. */
import type { CandidateSignal, DescriptionType, Failure, StateOf } from '../../core/event.ts';
import { isObject, parseJson } from '../../protocols/json.ts';
import { candidateTarget } from '../../protocols/recogniser/candidate.ts';

export interface PageDescription {
  readonly type: DescriptionType | 'rollback';
  readonly sdp: string;
}

/** `candidate` is '' for the end of candidates. */
export type PageCandidate = Pick<CandidateSignal, 'candidate' | 'mid' | 'mLine' | 'ufrag'>;

export type CallName =
  | 'createOffer'
  | 'createAnswer'
  | 'setLocalDescription'
  | 'setRemoteDescription'
  | 'addIceCandidate';

export interface PageStates {
  readonly signaling?: string;
  readonly ice?: string;
  readonly connection?: string;
  readonly gathering?: string;
}

export interface Current {
  readonly local?: PageDescription;
  readonly remote?: PageDescription;
  readonly pendingLocal?: PageDescription;
  readonly pendingRemote?: PageDescription;
}

/** With the time of the page's clock, in milliseconds. `pc` and `ws` count from 1 in each page. */
export type Report = Said & { readonly at?: number };

type Said =
  | { readonly k: 'new'; readonly pc: number; readonly args: string | undefined }
  /** A call of no connection: of a constructor, or a static method. */
  | {
      readonly k: 'outside';
      readonly name: string;
      readonly error: Failure | undefined;
      readonly args: string | undefined;
    }
  /** It was there before the script was. */
  | { readonly k: 'adopt'; readonly pc: number; readonly states: PageStates; readonly current: Current }
  | {
      readonly k: 'call';
      readonly pc: number;
      readonly call: number;
      readonly name: CallName;
      readonly description: PageDescription | undefined;
      readonly candidate: PageCandidate | undefined;
    }
  | {
      readonly k: 'done';
      readonly pc: number;
      readonly call: number;
      readonly name: CallName;
      readonly error: Failure | undefined;
      /** What was made: by createOffer and createAnswer, and by setLocalDescription without a description. */
      readonly description: PageDescription | undefined;
    }
  /** A call that is over at once. */
  | {
      readonly k: 'made';
      readonly pc: number;
      readonly name: string;
      readonly error: Failure | undefined;
      readonly args: string | undefined;
    }
  | { readonly k: 'event'; readonly pc: number; readonly name: string; readonly args: string | undefined }
  | { readonly k: 'candidate'; readonly pc: number; readonly candidate: PageCandidate }
  | { readonly k: 'state'; readonly pc: number; readonly of: StateOf; readonly value: string }
  | SocketReport;

export type SocketReport =
  /** `had`: it was there before the script was. */
  | { readonly k: 'ws-new'; readonly ws: number; readonly url: string; readonly had: boolean }
  | { readonly k: 'ws-open'; readonly ws: number; readonly protocol: string }
  | {
      readonly k: 'ws-out' | 'ws-in';
      readonly ws: number;
      readonly data: string;
      readonly binary: boolean;
      readonly cut: boolean;
    }
  | { readonly k: 'ws-close'; readonly ws: number; readonly code: number; readonly reason: string }
  | { readonly k: 'ws-error'; readonly ws: number };

type Members = Readonly<Record<string, unknown>>;

/** Undefined for what the script would not have said. Never throws. */
export function readReport(text: string): Report | undefined {
  const body = parseJson(text);
  if (!isObject(body) || typeof body.k !== 'string') return undefined;
  const said = saidIn(body, body.k);
  return said !== undefined && typeof body.at === 'number' ? { ...said, at: body.at } : said;
}

function saidIn(body: Members, kind: string): Said | undefined {
  if (kind === 'outside') return outsideOf(body);
  const read = own(READERS, kind);
  if (read === undefined) return undefined;
  return isCount(body.pc) || isCount(body.ws) ? read(body, Number(body.pc), Number(body.ws)) : undefined;
}

function outsideOf({ name, ok, error, args }: Members): Said | undefined {
  if (typeof name !== 'string') return undefined;
  const how = { error: ok === true ? undefined : failureOf(error), args: text(args) };
  return { k: 'outside', name: name.slice(0, 60), ...how };
}

const isCount = (value: unknown): boolean => Number.isInteger(value) && Number(value) > 0 && Number(value) < 1e9;

const READERS: Readonly<Record<string, (body: Members, pc: number, ws: number) => Said | undefined>> = {
  new: ({ args }, pc) => ({ k: 'new', pc, args: text(args) }),
  adopt: (body, pc) => ({ k: 'adopt', pc, states: statesOf(body), current: currentOf(body) }),
  call({ call, name, description, candidate }, pc) {
    if (!isCallName(name) || !isCount(call)) return undefined;
    const given = { description: descriptionOf(description), candidate: candidateOf(candidate) };
    return { k: 'call', pc, call: Number(call), name, ...given };
  },
  done({ call, name, ok, error, description }, pc) {
    if (!isCallName(name) || !isCount(call)) return undefined;
    const result = { error: ok === true ? undefined : failureOf(error), description: descriptionOf(description) };
    return { k: 'done', pc, call: Number(call), name, ...result };
  },
  made({ name, ok, error, args }, pc) {
    if (typeof name !== 'string') return undefined;
    return {
      k: 'made',
      pc,
      name: name.slice(0, 60),
      error: ok === true ? undefined : failureOf(error),
      args: text(args),
    };
  },
  event: ({ name, args }, pc) =>
    typeof name === 'string' ? { k: 'event', pc, name: name.slice(0, 60), args: text(args) } : undefined,
  candidate({ candidate }, pc) {
    const read = candidateOf(candidate);
    return read && { k: 'candidate', pc, candidate: read };
  },
  state({ of, value }, pc) {
    if (!STATES.has(of) || typeof value !== 'string' || value === '') return undefined;
    return { k: 'state', pc, of: of as StateOf, value: value.slice(0, 30) };
  },
  'ws-new': ({ url, had }, _pc, ws) => ({ k: 'ws-new', ws, url: text(url) ?? '', had: had === true }),
  'ws-open': ({ protocol }, _pc, ws) => ({ k: 'ws-open', ws, protocol: text(protocol) ?? '' }),
  'ws-out': (body, _pc, ws) => frameOf('ws-out', body, ws),
  'ws-in': (body, _pc, ws) => frameOf('ws-in', body, ws),
  'ws-close': ({ code, reason }, _pc, ws) => {
    return { k: 'ws-close', ws, code: typeof code === 'number' ? code : 1006, reason: text(reason) ?? '' };
  },
  'ws-error': (_body, _pc, ws) => ({ k: 'ws-error', ws }),
};

const STATES: ReadonlySet<unknown> = new Set(['signaling', 'gathering', 'ice', 'dtls', 'connection', 'data']);
const CALLS: ReadonlySet<unknown> = new Set([
  'createOffer',
  'createAnswer',
  'setLocalDescription',
  'setRemoteDescription',
  'addIceCandidate',
] satisfies CallName[]);
const TYPES: ReadonlySet<unknown> = new Set(['offer', 'answer', 'pranswer', 'rollback']);

const isCallName = (name: unknown): name is CallName => CALLS.has(name);
const text = (value: unknown): string | undefined => (typeof value === 'string' ? value.slice(0, 2000) : undefined);

function own<T>(table: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}

function frameOf(k: 'ws-out' | 'ws-in', body: Members, ws: number): SocketReport | undefined {
  const binary = typeof body.base64 === 'string';
  const data = binary ? body.base64 : body.text;
  return typeof data === 'string' ? { k, ws, data, binary, cut: body.cut === true } : undefined;
}

function failureOf(value: unknown): Failure {
  const { name, message } = isObject(value) ? value : {};
  return { name: text(name) || 'Error', message: text(message) ?? '' };
}

function descriptionOf(value: unknown): PageDescription | undefined {
  if (!isObject(value) || !TYPES.has(value.type)) return undefined;
  const sdp = typeof value.sdp === 'string' ? value.sdp : '';
  return { type: value.type as PageDescription['type'], sdp };
}

/** Null, and an empty candidate, end them. */
function candidateOf(value: unknown): PageCandidate | undefined {
  if (value === null) return { candidate: '' };
  if (!isObject(value) || typeof value.candidate !== 'string') return undefined;
  const { mLine, ...whose } = candidateTarget(value);
  return { candidate: value.candidate, ...whose, ...(mLine !== undefined && value.candidate !== '' && { mLine }) };
}

function statesOf(body: Members): PageStates {
  const { signaling, ice, connection, gathering } = body;
  const given = Object.entries({ signaling, ice, connection, gathering });
  return Object.fromEntries(given.filter(([, value]) => typeof value === 'string' && value.length < 30));
}

function currentOf({ local, remote, pendingLocal, pendingRemote }: Members): Current {
  const given = Object.entries({ local, remote, pendingLocal, pendingRemote });
  return Object.fromEntries(
    given.flatMap(([name, value]) => {
      const read = descriptionOf(value);
      return read === undefined ? [] : [[name, read]];
    }),
  );
}
