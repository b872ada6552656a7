/** Attributes of transports and groups, written as other stacks, gateways and careless hands write them. */
import { ANY, after, chosen, EOL, linesOf, type Mutate, onLine, onSection, remove, replace, textOf } from './edit.ts';

/** In every line that matches. */
const everywhere =
  (match: RegExp, by: string): Mutate =>
  (sdp) => {
    const edited = sdp.replace(new RegExp(match, 'gm'), by);
    return edited === sdp ? undefined : edited;
  };

/** Takes lines out of all sections and puts the first of each name into the session part. */
const toSession =
  (names: readonly string[]): Mutate =>
  (sdp) => {
    const lines = linesOf(sdp);
    const is = (name: string) => (line: string) => line.startsWith(`a=${name}:`);
    const moved = names.flatMap((name) => lines.find(is(name)) ?? []);
    const rest = lines.filter((line) => !names.some((name) => is(name)(line)));
    const first = rest.findIndex((line) => line.startsWith('m='));
    return moved.length === 0 ? undefined : textOf([...rest.slice(0, first), ...moved, ...rest.slice(first)]);
  };

/** Keeps attributes in one section of those with a mid only. */
const onlyInSection =
  (names: RegExp, which: 'first' | 'last'): Mutate =>
  (sdp) => {
    const [session = '', ...sections] = sdp.split(/^(?=m=)/m);
    const kept = which === 'first' ? 0 : sections.length - 1;
    if (sections.length < 2) return undefined;
    const strip = (section: string) => textOf(linesOf(section).filter((line) => !names.test(line)));
    return session + sections.map((section, i) => (i === kept ? section : strip(section))).join('');
  };

const credential = (name: 'ufrag' | 'pwd', value: string): Mutate =>
  everywhere(new RegExp(`^a=ice-${name}:[^\\r]*`), `a=ice-${name}:${value}`);
const fingerprint = (value: string): Mutate => everywhere(/^a=fingerprint:[^\r]*/, `a=fingerprint:${value}`);
const bytes = (count: number): string =>
  Array.from({ length: count }, (_, i) => (i + 16).toString(16).toUpperCase()).join(':');
const mids = (sdp: string): string[] => [...sdp.matchAll(/^a=mid:([^\r]*)/gm)].map((match) => match[1] ?? '');

/** Renames a mid in its section and in the group. */
const renamed =
  (to: string): Mutate =>
  (sdp, random) => {
    const mid = chosen(random, mids(sdp));
    if (mid === undefined) return undefined;
    const group = (line: string) =>
      line
        .split(' ')
        .map((word) => (word === mid ? to : word))
        .join(' ');
    return sdp.replace(/^a=group:BUNDLE[^\r]*/m, group).replace(`a=mid:${mid}\r`, `a=mid:${to}\r`);
  };

export const attributes: Readonly<Record<string, Mutate>> = {
  'mid of 16 characters': renamed('abcdefghij-_.123'),
  'mid of 17 characters': renamed('abcdefghij-_.1234'),
  'mid with an umlaut': renamed('söund'),
  'mid with a blank behind it': onLine(/^a=mid:/, (line) => `${line} `),
  'empty mid line': replace(/^a=mid:.*/, 'a=mid:'),
  'mid without a colon': replace(/^a=mid:.*/, 'a=mid'),
  'a second, other mid': after(/^a=mid:/, 'a=mid:more'),
  'empty group': onLine(/^a=group:BUNDLE/, () => 'a=group:BUNDLE'),
  'group in lower case': replace(/^a=group:BUNDLE/, 'a=group:bundle'),
  'group without semantics': replace(/^a=group:BUNDLE.*/, 'a=group:'),
  'group of lip synchronisation, too': onLine(
    /^a=group:BUNDLE/,
    (line) => `${line}${EOL}${line.replace('BUNDLE', 'LS')}`,
  ),
  'group of unknown semantics': replace(/^a=group:BUNDLE/, 'a=group:TEAM'),
  'group with two blanks': replace(/^a=group:BUNDLE /, 'a=group:BUNDLE  '),
  'group with a blank behind it': onLine(/^a=group:BUNDLE/, (line) => `${line} `),
  'group in a section': (sdp) => {
    const group = linesOf(sdp).find((line) => line.startsWith('a=group:BUNDLE'));
    return group === undefined
      ? undefined
      : sdp.replace(`${group}${EOL}`, '').replace(/^a=mid:/m, `${group}${EOL}a=mid:`);
  },
  'a group of one more mid': onLine(/^a=group:BUNDLE/, (line) => `${line}${EOL}a=group:BUNDLE extra`),
  'bundle-only on the first section': (sdp) => sdp.replace(/^a=mid:/m, `a=bundle-only${EOL}a=mid:`),
  'bundle-only with port 0, out of the group': onSection(ANY, (section) =>
    section.replace(/^(m=\S+) \d+/, '$1 0').replace(/^a=mid:[^\r]*/m, `a=bundle-only${EOL}a=mid:loose`),
  ),
  'rtcp-mux in the first section only': onlyInSection(/^a=rtcp-mux$/, 'first'),
  'rtcp-mux-only': after(/^a=rtcp-mux$/, 'a=rtcp-mux-only'),
  'rtcp-mux with a value': replace(/^a=rtcp-mux$/, 'a=rtcp-mux:yes'),
  'rtcp-mux in the session': (sdp) => sdp.replace(/^a=rtcp-mux\r\n/gm, '').replace(/^m=/m, `a=rtcp-mux${EOL}m=`),
  'drop rtcp-rsize': remove(/^a=rtcp-rsize$/),
  'drop rtcp': remove(/^a=rtcp:/),
  'ufrag of 3 characters': credential('ufrag', 'abc'),
  'ufrag of 4 characters': credential('ufrag', 'ab/+'),
  'ufrag of 256 characters': credential('ufrag', 'u'.repeat(256)),
  'ufrag of 257 characters': credential('ufrag', 'u'.repeat(257)),
  'empty ufrag': replace(/^a=ice-ufrag:.*/, 'a=ice-ufrag:'),
  'ufrag without a colon': replace(/^a=ice-ufrag:.*/, 'a=ice-ufrag'),
  'pwd of 21 characters': credential('pwd', 'p'.repeat(21)),
  'pwd of 22 characters': credential('pwd', 'p'.repeat(22)),
  'pwd of 256 characters': credential('pwd', 'p'.repeat(256)),
  'pwd with an equals sign': credential('pwd', `${'p'.repeat(22)}=`),
  'pwd with a percent sign': credential('pwd', `${'p'.repeat(22)}%2B`),
  'pwd with a tab': credential('pwd', `${'p'.repeat(12)}\t${'q'.repeat(12)}`),
  'ufrag twice': onLine(/^a=ice-ufrag:/, (line) => `${line}${EOL}a=ice-ufrag:Othr`),
  'pwd twice': onLine(/^a=ice-pwd:/, (line) => `${line}${EOL}a=ice-pwd:${'z'.repeat(24)}`),
  'other ufrag, same pwd': credential('ufrag', 'Half'),
  'same ufrag, other pwd': credential('pwd', 'halfOfARestartIsNoRestart'),
  'credentials in the session': toSession(['ice-ufrag', 'ice-pwd']),
  'all of the transport in the session': toSession(['ice-ufrag', 'ice-pwd', 'ice-options', 'fingerprint', 'setup']),
  'credentials in the first section only': onlyInSection(/^a=ice-(?:ufrag|pwd)/, 'first'),
  'credentials in the last section only': onlyInSection(/^a=ice-(?:ufrag|pwd)/, 'last'),
  'transport in the first section only': onlyInSection(/^a=(?:ice-|fingerprint|setup)/, 'first'),
  'transport and mux in the first section only': onlyInSection(/^a=(?:ice-|fingerprint|setup|rtcp-mux)/, 'first'),
  'fingerprint in the last section only': onlyInSection(/^a=fingerprint/, 'last'),
  'setup in the last section only': onlyInSection(/^a=setup/, 'last'),
  'ice-lite in a section': after(/^a=ice-ufrag:/, 'a=ice-lite'),
  'ice-options ice2': replace(/^a=ice-options:.*/, 'a=ice-options:ice2 trickle'),
  'ice-options renomination': replace(/^a=ice-options:.*/, 'a=ice-options:renomination'),
  'empty ice-options': replace(/^a=ice-options:.*/, 'a=ice-options:'),
  'ice-pacing': after(/^a=ice-pwd:/, 'a=ice-pacing:50'),
  'remote-candidates': after(/^a=ice-pwd:/, 'a=remote-candidates:1 192.0.2.3 45664'),
  'end-of-candidates': after(/^a=ice-pwd:/, 'a=end-of-candidates'),
  'fingerprint sha-1': fingerprint(`sha-1 ${bytes(20)}`),
  'fingerprint sha-224': fingerprint(`sha-224 ${bytes(28)}`),
  'fingerprint sha-512': fingerprint(`sha-512 ${bytes(64)}`),
  'fingerprint sha-512, of 32 bytes': fingerprint(`sha-512 ${bytes(32)}`),
  'fingerprint md5': fingerprint(`md5 ${bytes(16)}`),
  'hash in capitals': replace(/^a=fingerprint:sha-256/, 'a=fingerprint:SHA-256'),
  'fingerprint with two blanks': replace(/^a=fingerprint:sha-256 /, 'a=fingerprint:sha-256  '),
  'fingerprint with a blank behind it': onLine(/^a=fingerprint:/, (line) => `${line} `),
  'fingerprint with a bad digit': replace(/:[0-9A-F]{2}$/, ':G0'),
  'fingerprint with a colon behind it': onLine(/^a=fingerprint:/, (line) => `${line}:`),
  'fingerprint in the session': toSession(['fingerprint']),
  'fingerprint twice in the session': (sdp) => {
    const line = linesOf(sdp).find((text) => text.startsWith('a=fingerprint:'));
    return line && sdp.replace(/^m=/m, `${line}${EOL}${line}${EOL}m=`);
  },
  'a second fingerprint of another hash': after(/^a=fingerprint:/, `a=fingerprint:sha-1 ${bytes(20)}`),
  'setup in capitals': onLine(/^a=setup:/, (line) => line.toUpperCase().replace('A=SETUP', 'a=setup')),
  'setup with a blank behind it': onLine(/^a=setup:/, (line) => `${line} `),
  'setup twice': onLine(/^a=setup:/, (line) => `${line}${EOL}a=setup:passive`),
  'empty setup': replace(/^a=setup:.*/, 'a=setup:'),
  'setup in the session': toSession(['setup']),
  'setup holdconn everywhere': everywhere(/^a=setup:[^\r]*/, 'a=setup:holdconn'),
  'tls-id': after(/^a=setup:/, 'a=tls-id:1234567890abcdef1234'),
  connection: after(/^a=setup:/, 'a=connection:new'),
  identity: (sdp) => sdp.replace(/^m=/m, `a=identity:eyJpZHAiOnsiZG9tYWlu${EOL}m=`),
  'sctp-port 70000': replace(/^a=sctp-port:.*/, 'a=sctp-port:70000'),
  'sctp-port negative': replace(/^a=sctp-port:.*/, 'a=sctp-port:-1'),
  'sctp-port twice': onLine(/^a=sctp-port:/, (line) => `${line}${EOL}${line}`),
  'empty sctp-port': replace(/^a=sctp-port:.*/, 'a=sctp-port:'),
  'sctpmap only': replace(/^a=sctp-port:.*/, 'a=sctpmap:5000 webrtc-datachannel 1024'),
  'max-message-size negative': replace(/^a=max-message-size:.*/, 'a=max-message-size:-1'),
  'max-message-size of 20 digits': replace(/^a=max-message-size:.*/, 'a=max-message-size:99999999999999999999'),
  'max-message-size small': replace(/^a=max-message-size:.*/, 'a=max-message-size:1000'),
};
