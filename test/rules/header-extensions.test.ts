import { describe, expect, test } from 'vitest';
import { emptyLedger } from '../../src/core/ledger.ts';
import type { Description } from '../../src/core/model.ts';
import { anOffer, edit } from '../../src/rules/example.ts';
import {
  chromeDuplicate,
  chromeReassignment,
  extensionScopes,
  extensionsOf,
  firefoxRemap,
  hasTwoMeanings,
  inUseForAnswer,
  meaningOf,
  rtpSections,
} from '../../src/rules/header-extensions.ts';
import { parseSdp } from '../../src/sdp/parse.ts';
import type { HeaderExtension } from '../../src/sdp/sdp.ts';

const both = anOffer(['audio', 'video']);
const noGroup = edit(both, [/a=group[^\r]*\r\n/, '']);
const offer = (text: string): Description =>
  ({ type: 'offer', sdp: parseSdp(text), base: undefined, round: undefined }) as unknown as Description;
const extension = (id: string, uri: string, config?: string): HeaderExtension => ({
  id,
  uri,
  direction: undefined,
  config,
  line: 1,
});

describe('where an id counts', () => {
  const mids = (text: string) => extensionScopes(parseSdp(text)).map((scope) => scope.map(({ mid }) => mid?.value));

  test('the sections of a group together, others alone, rejected and data ones nowhere', () => {
    expect(mids(both)).toEqual([['0', '1']]);
    expect(mids(noGroup)).toEqual([['0'], ['1']]);
    expect(mids(anOffer(['audio', { kind: 'video', rejected: true }, 'data']))).toEqual([['0']]);
  });

  test('the session part counts for sections without extensions of their own', () => {
    const sdp = parseSdp(
      edit(both.replaceAll(/a=extmap:\d[^\r]*\r\n/g, ''), ['a=msid-semantic', 'a=extmap:5 urn:x\r\na=msid-semantic']),
    );
    expect(rtpSections(sdp).map((section) => extensionsOf(sdp, section).map(({ id }) => id))).toEqual([['5'], ['5']]);
  });

  test('an encrypted extension is another one', () => {
    expect(meaningOf(extension('1', 'urn:x'))).toBe('urn:x');
    expect(meaningOf(extension('2', 'urn:ietf:params:rtp-hdrext:encrypt', 'urn:x'))).not.toBe('urn:x');
  });
});

describe('ids in use', () => {
  const inUse = (...entries: readonly (readonly [string, string, string])[]) =>
    new Map(entries.map(([mid, id, uri]) => [mid, [extension(id, uri)]] as const));

  test('its own section', () => {
    const said = chromeReassignment(offer(both), inUse(['0', '1', 'urn:old']));
    expect(said).toContain(
      '(collision on active MID 0, id=1, old_uri="urn:old", new_uri="urn:ietf:params:rtp-hdrext:ssrc-audio-level"). (mid=0)',
    );
  });

  test('another section of the group', () => {
    expect(chromeReassignment(offer(both), inUse(['1', '1', 'urn:old']))).toContain('active MID 1, id=1');
  });

  test('another transport does not matter', () => {
    expect(chromeReassignment(offer(noGroup), inUse(['1', '1', 'urn:old']))).toBeUndefined();
  });

  test('a section that is gone still matters', () => {
    expect(chromeReassignment(offer(both), inUse(['7', '4', 'urn:old']))).toContain('active MID 7, id=4');
  });

  test('the same meaning is fine', () => {
    const same = inUse(['0', '1', 'urn:ietf:params:rtp-hdrext:ssrc-audio-level']);
    expect(chromeReassignment(offer(both), same)).toBeUndefined();
  });

  test('a first answer: only the section that gives the group its transport has something in use', () => {
    const sdp = parseSdp(both);
    expect([...inUseForAnswer(sdp, sdp, emptyLedger()).keys()]).toEqual(['0']);
    expect([...inUseForAnswer(sdp, parseSdp(noGroup), emptyLedger()).keys()]).toEqual(['0', '1']);
  });

  test('Firefox remembers what answers agreed on', () => {
    const ledger = emptyLedger();
    expect(firefoxRemap(parseSdp(both), ledger)).toBeUndefined();
    ledger.answeredExtensions.set('3', 'urn:old');
    expect(firefoxRemap(parseSdp(both), ledger)).toBe(
      'InvalidAccessError: Remote description attempted to remap RTP extension id 3 from urn:old to urn:3gpp:video-orientation',
    );
  });
});

test('two meanings in one section, by URI order', () => {
  const description = offer(edit(both, ['a=extmap:4 ', 'a=extmap:1 ']));
  const [audio] = description.sdp.media;
  expect(audio && chromeDuplicate(description, audio, '0')).toContain(
    'Duplicate extension ID: {uri: urn:ietf:params:rtp-hdrext:ssrc-audio-level, id: 1} (mid=0)',
  );
  expect(hasTwoMeanings([audio?.extensions ?? []])).toBe(true);
});
