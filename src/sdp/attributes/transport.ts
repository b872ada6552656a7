/** Readers for what belongs to the transport: ICE, DTLS, BUNDLE, RTCP multiplexing and SCTP. */
import { parseCandidate } from '../candidate.ts';
import { decimal, words } from '../tokens.ts';
import { type AttributeReader, type Level, unreadable } from './level.ts';

type TextField = 'mid' | 'ufrag' | 'pwd' | 'setup' | 'tlsId';
type LineField = 'rtcpMux' | 'rtcpRsize' | 'rtcpMuxOnly' | 'endOfCandidates';
type NumberField = 'ptime' | 'maxptime' | 'sctpPort' | 'maxMessageSize';

/** A value that is kept as it stands. The last of several counts, as in libwebrtc. */
const text =
  (field: TextField, name: string): AttributeReader =>
  (level, value, line, problems) => {
    if (value === '') unreadable(problems, name, line, 'a value behind the colon');
    level[field] = { value, line };
  };

const flag =
  (field: LineField): AttributeReader =>
  (level, _value, line) => {
    level[field] = line;
  };

/** A decimal number (fractions allowed, as some stacks write `ptime:2.5`), kept as text. */
const number =
  (field: NumberField, name: string): AttributeReader =>
  (level, value, line, problems) => {
    const whole = value.trimEnd();
    if (!/^\d{1,15}(\.\d{1,9})?$/.test(whole)) unreadable(problems, name, line, 'a decimal number');
    level[field] = { value: whole, line };
  };

const iceOptions: AttributeReader = (level, value, line) => {
  // libdatachannel separates by comma, RFC 8839 5.6 by blanks.
  level.iceOptions = { value: words(value.replaceAll(',', ' ')), line };
};

const fingerprint: AttributeReader = (level, value, line, problems) => {
  const [hash, digest] = words(value);
  if (hash === undefined || digest === undefined) {
    unreadable(problems, 'fingerprint', line, 'a hash name, a blank and the digest');
    return;
  }
  level.fingerprints.push({ hash: hash.toLowerCase(), digest: digest.toUpperCase(), line });
};

const candidate: AttributeReader = (level, value, line, problems) => {
  const read = parseCandidate(`candidate:${value}`);
  if (read === undefined) unreadable(problems, 'candidate', line, 'at least eight fields, with decimal numbers');
  else level.candidates.push({ value: read, line });
};

const group: AttributeReader = (level, value, line, problems) => {
  const [semantics, ...mids] = words(value);
  if (semantics === undefined) unreadable(problems, 'group', line, 'the semantics and a list of mids');
  else level.groups.push({ semantics, mids, line });
};

/** `a=sctpmap:5000 webrtc-datachannel 1024`, the form before RFC 8841. */
const sctpmap: AttributeReader = (level, value, line, problems) => {
  const port = words(value)[0];
  if (port === undefined || decimal(port) === undefined) unreadable(problems, 'sctpmap', line, 'a port number first');
  else level.sctpMapPort = { value: port, line };
};

const bundleOnly: AttributeReader = (level: Level) => {
  level.bundleOnly = true;
};

const iceLite: AttributeReader = (level, _value, line) => {
  level.iceLite = { value: true, line };
};

export const TRANSPORT: readonly (readonly [string, AttributeReader])[] = [
  ['mid', text('mid', 'mid')],
  ['ice-ufrag', text('ufrag', 'ice-ufrag')],
  ['ice-pwd', text('pwd', 'ice-pwd')],
  ['ice-options', iceOptions],
  ['ice-lite', iceLite],
  ['setup', text('setup', 'setup')],
  ['fingerprint', fingerprint],
  ['tls-id', text('tlsId', 'tls-id')],
  ['candidate', candidate],
  ['end-of-candidates', flag('endOfCandidates')],
  ['group', group],
  ['bundle-only', bundleOnly],
  ['rtcp-mux', flag('rtcpMux')],
  ['rtcp-rsize', flag('rtcpRsize')],
  ['rtcp-mux-only', flag('rtcpMuxOnly')],
  ['ptime', number('ptime', 'ptime')],
  ['maxptime', number('maxptime', 'maxptime')],
  ['sctp-port', number('sctpPort', 'sctp-port')],
  ['sctpmap', sctpmap],
  ['max-message-size', number('maxMessageSize', 'max-message-size')],
];
