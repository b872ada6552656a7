/** Small healthy descriptions and the edits that break them, for the examples of rules. */
import type { Example, TranscriptLine } from './rule.ts';

export interface ExampleSection {
  readonly kind: 'audio' | 'video' | 'data';
  readonly mid?: string;
  readonly direction?: string;
  readonly track?: string;
  /** Port 0, out of the group. */
  readonly rejected?: boolean;
}

export interface ExampleDescription {
  /** `a` or `b`: gives session id, credentials and fingerprint. */
  readonly side: 'a' | 'b';
  readonly setup?: 'actpass' | 'active' | 'passive';
  readonly version?: number;
  /** ICE generation: other credentials for each number. */
  readonly generation?: number;
  readonly sections?: readonly (ExampleSection | ExampleSection['kind'])[];
}

const FINGERPRINT = {
  a: 'A1:01:02:03:04:05:06:07:08:09:0A:0B:0C:0D:0E:0F:10:11:12:13:14:15:16:17:18:19:1A:1B:1C:1D:1E:1F',
  b: 'B1:01:02:03:04:05:06:07:08:09:0A:0B:0C:0D:0E:0F:10:11:12:13:14:15:16:17:18:19:1A:1B:1C:1D:1E:1F',
} as const;

const AUDIO = [
  'a=rtpmap:111 opus/48000/2',
  'a=rtcp-fb:111 transport-cc',
  'a=fmtp:111 minptime=10;useinbandfec=1',
  'a=rtpmap:0 PCMU/8000',
];
const VIDEO = [
  'a=rtpmap:96 VP8/90000',
  'a=rtcp-fb:96 goog-remb',
  'a=rtcp-fb:96 transport-cc',
  'a=rtcp-fb:96 ccm fir',
  'a=rtcp-fb:96 nack',
  'a=rtcp-fb:96 nack pli',
  'a=rtpmap:97 rtx/90000',
  'a=fmtp:97 apt=96',
];
const MEDIA = {
  audio: {
    line: 'm=audio 9 UDP/TLS/RTP/SAVPF 111 0',
    ext: 'a=extmap:1 urn:ietf:params:rtp-hdrext:ssrc-audio-level',
    body: AUDIO,
  },
  video: { line: 'm=video 9 UDP/TLS/RTP/SAVPF 96 97', ext: 'a=extmap:3 urn:3gpp:video-orientation', body: VIDEO },
  data: {
    line: 'm=application 9 UDP/DTLS/SCTP webrtc-datachannel',
    ext: '',
    body: ['a=sctp-port:5000', 'a=max-message-size:262144'],
  },
} as const;

/** A description as Chromium writes it, but short: `describe({side: 'a', sections: ['audio', 'data']})`. */
export function describe(what: ExampleDescription): string {
  const sections = (what.sections ?? ['audio']).map((s, i) => ({
    mid: String(i),
    ...(typeof s === 'string' ? { kind: s } : s),
  }));
  const bundled = sections.filter((s) => s.rejected !== true).map((s) => s.mid);
  const head = [
    'v=0',
    `o=- ${what.side === 'a' ? '4611' : '8722'}686018427387904 ${what.version ?? 2} IN IP4 127.0.0.1`,
    's=-',
    't=0 0',
    ...(bundled.length > 0 ? [`a=group:BUNDLE ${bundled.join(' ')}`] : []),
    'a=extmap-allow-mixed',
    'a=msid-semantic: WMS',
  ];
  return [...head, ...sections.flatMap((s) => section(what, s))].map((line) => `${line}\r\n`).join('');
}

function section(what: ExampleDescription, s: ExampleSection & { mid: string }): string[] {
  const media = MEDIA[s.kind];
  const direction = s.direction ?? 'sendrecv';
  const sends = direction.startsWith('send') && s.rejected !== true;
  const g = what.generation ?? 1;
  const rtp = [
    `a=${direction}`,
    ...(sends ? [`a=msid:stream-${what.side} ${s.track ?? `track-${what.side}-${s.mid}`}`] : []),
    'a=rtcp-mux',
    'a=rtcp-rsize',
  ];
  return [
    s.rejected === true ? media.line.replace(' 9 ', ' 0 ') : media.line,
    'c=IN IP4 0.0.0.0',
    ...(s.kind === 'data' ? [] : ['a=rtcp:9 IN IP4 0.0.0.0']),
    `a=ice-ufrag:${what.side}Uf${g}`,
    `a=ice-pwd:${what.side}PasswordOfGeneration000${g}`,
    'a=ice-options:trickle',
    `a=fingerprint:sha-256 ${FINGERPRINT[what.side]}`,
    `a=setup:${what.setup ?? 'actpass'}`,
    `a=mid:${s.mid}`,
    ...(s.kind === 'data' ? [] : [media.ext, 'a=extmap:4 urn:ietf:params:rtp-hdrext:sdes:mid', ...rtp]),
    ...media.body,
  ];
}

/** a's offer. */
export function anOffer(sections?: ExampleDescription['sections'], more: Partial<ExampleDescription> = {}): string {
  return describe({ side: 'a', setup: 'actpass', ...(sections ? { sections } : {}), ...more });
}

/** b's answer to `anOffer` of the same sections. */
export function anAnswer(sections?: ExampleDescription['sections'], more: Partial<ExampleDescription> = {}): string {
  return describe({ side: 'b', setup: 'active', ...(sections ? { sections } : {}), ...more });
}

/** Replaces the first occurrence in each step; throws where nothing matches, so that an example cannot rot. */
export function edit(sdp: string, ...steps: readonly (readonly [find: string | RegExp, replace: string])[]): string {
  return steps.reduce((text, [find, replace]) => {
    const edited = text.replace(find, () => replace);
    if (edited === text) throw new Error(`example edit finds nothing: ${String(find)}`);
    return edited;
  }, sdp);
}

/** The same within the section of this mid only. */
export function editSection(
  sdp: string,
  mid: string,
  ...steps: readonly (readonly [find: string | RegExp, replace: string])[]
): string {
  const parts = sdp.split(/^(?=m=)/m);
  if (!parts.some((part) => part.includes(`a=mid:${mid}\r\n`))) throw new Error(`example has no section '${mid}'`);
  return parts.map((part) => (part.includes(`a=mid:${mid}\r\n`) ? edit(part, ...steps) : part)).join('');
}

export interface ExampleCandidate {
  readonly address?: string;
  readonly port?: number;
  readonly component?: number;
  readonly transport?: string;
  readonly priority?: number;
  /** From `typ` on, without the ufrag. */
  readonly type?: string;
  readonly ufrag?: string;
}

/** A host candidate of a side's first ICE generation, as Chromium trickles it: `candidateOf('a', { port: 0 })`. */
export function candidateOf(side: 'a' | 'b', more: ExampleCandidate = {}): string {
  const address = more.address ?? (side === 'a' ? '192.0.2.10' : '192.0.2.20');
  const head = `candidate:1 ${more.component ?? 1} ${more.transport ?? 'udp'} ${more.priority ?? 2122260223}`;
  return `${head} ${address} ${more.port ?? 50000} typ ${more.type ?? 'host generation 0'} ufrag ${more.ufrag ?? `${side}Uf1`}`;
}

type Line = TranscriptLine;

/** What a and b say, in the order of arrival. Times are 40 ms apart unless given. */
export const a = speaker('a', 'b');
export const b = speaker('b', 'a');

function speaker(from: string, to: string) {
  const say =
    (type: 'offer' | 'answer' | 'pranswer') =>
    (sdp: string, t?: number): Line => ({ ...(t === undefined ? {} : { t }), from, to, type, sdp });
  return {
    offers: say('offer'),
    answers: say('answer'),
    answersProvisionally: say('pranswer'),
    rollsBack: (t?: number): Line => ({ ...(t === undefined ? {} : { t }), from, to, type: 'rollback' }),
    sends: (
      candidate: string,
      more: { mid?: string | null; mLine?: number | null; ufrag?: string; t?: number } = {},
    ): Line => ({
      ...(more.t === undefined ? {} : { t: more.t }),
      from,
      to,
      candidate: {
        candidate,
        sdpMid: more.mid === undefined ? '0' : more.mid,
        sdpMLineIndex: more.mLine === undefined ? 0 : more.mLine,
        ...(more.ufrag === undefined ? {} : { usernameFragment: more.ufrag }),
      },
    }),
    endsCandidates: (t?: number): Line => ({ ...(t === undefined ? {} : { t }), from, to, candidate: null }),
    leaves: (t?: number): Line => ({ ...(t === undefined ? {} : { t }), from, to, bye: true }),
  };
}

export function conversation(title: string, ...lines: readonly Line[]): Example {
  return { title, conversation: lines };
}
