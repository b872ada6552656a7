/** What the name of a message says of a call when no description comes with it: that it ends, that somebody wants an offer. */
import { tokensOf } from './words.ts';

export type Sense = 'bye' | 'ask' | 'end';

/** Words that say nothing by themselves: whose message it is, not what it is. */
const FILLERS = new Set([
  ...[
    'webrtc',
    'rtc',
    'web',
    'signal',
    'signaling',
    'client',
    'custom',
    'com',
    'm',
    'verto',
    'video',
    'audio',
    'voice',
  ],
  ...['peer', 'player', 'telnyx', 'on'],
]);
/** What ends, and with which words, in either order: `call ended`, `end call`. */
const SUBJECTS = new Set(['call', 'session', 'communication', 'connection']);
const VERBS = new Set([
  ...['bye', 'hangup', 'hang up', 'hungup', 'leave', 'left', 'close', 'closed', 'stop', 'stopped', 'end', 'ended'],
  ...['terminate', 'terminated', 'reject', 'rejected', 'decline', 'declined', 'cancel', 'canceled', 'cancelled'],
  ...['finish', 'finished', 'disconnect', 'disconnected', 'dropped', 'busy', 'over'],
]);
/** Those that need nothing else. */
const BYES = new Set([
  ...['bye', 'hangup', 'hang up', 'hungup', 'leave', 'close', 'stop', 'terminate', 'reject', 'rejected', 'decline'],
  ...[
    'declined',
    'disconnect',
    'endsession',
    'endcall',
    'callended',
    'stopcommunication',
    'stop stream',
    'close stream',
  ],
  ...['user left', 'shutdown', 'force close', 'logout', 'log out', 'sign out'],
]);
const ASKS = new Set([
  ...['renegotiate', 'renegotiation', 'renegotiate tracks', 'negotiation needed', 'negotiationneeded', 'restart'],
  ...['need offer', 'request offer', 'requestoffer', 'offer request', 'create offer', 'send offer', 'sendoffer'],
  ...['offer sdp', 'get offer', 'ice restart', 'icerestart', 'restart ice', 'restartice', 'signal restart'],
  ...[
    'transceiver request',
    'transceiverrequest',
    'request renegotiation',
    'ready to receive offer',
    'ready for offer',
  ],
]);
const ENDS = new Set([
  ...['end of candidates', 'endofcandidates', 'candidates end', 'ice end', 'ice complete', 'gathering complete'],
  ...['ice gathering complete', 'candidates complete', 'ice candidates complete', 'no more candidates'],
  ...['ice end of candidates', 'ice endofcandidates', 'ice candidates end', 'end of ice candidates', 'last candidate'],
  ...['ice gathering done', 'gathering done', 'candidates done', 'ice done', 'ice gathering finished'],
]);

/** Undefined for a name that tells nothing of that. Of a name like `a.b` or `a[b]` the last part counts too. */
export function senseOf(word: string): Sense | undefined {
  const last = word.search(LAST_PART);
  return told(tokensOf(word)) ?? (last < 0 ? undefined : told(tokensOf(word.slice(last + 1))));
}
const LAST_PART = /[.[][^.[]*$/;

function told(tokens: readonly string[]): Sense | undefined {
  const bare = tokens.filter((token) => !FILLERS.has(token));
  for (const phrase of [tokens.join(' '), bare.join(' ')]) {
    if (BYES.has(phrase)) return 'bye';
    if (ENDS.has(phrase)) return 'end';
    if (ASKS.has(phrase)) return 'ask';
  }
  const verb = bare.filter((token) => !SUBJECTS.has(token));
  return verb.length < bare.length && VERBS.has(verb.join(' ')) ? 'bye' : undefined;
}

/** Whether a name speaks of candidates. */
export function isAboutCandidates(word: string): boolean {
  return tokensOf(word).some((token) => /^(?:ice|(?:ice)?candidates?)$/.test(token));
}
