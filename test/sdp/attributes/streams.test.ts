import { describe, expect, it } from 'vitest';
import type { MSection } from '../../../src/sdp/sdp.ts';
import { HEAD, M, problems, section } from '../text.ts';

describe('media streams', () => {
  const cases: [string, string, Partial<Record<keyof MSection, unknown>>][] = [
    ['msid without stream', 'a=msid:- {a-b}', { msids: [{ stream: '-', track: '{a-b}', line: 6 }] }],
    ['msid without track', 'a=msid:s', { msids: [{ stream: 's', track: undefined, line: 6 }] }],
    ['ssrc', 'a=ssrc:1 cname:a:b', { ssrcs: [{ ssrc: '1', attribute: 'cname', value: 'a:b', line: 6 }] }],
    ['ssrc msid', 'a=ssrc:1 msid:a b', { ssrcs: [{ ssrc: '1', attribute: 'msid', value: 'a b', line: 6 }] }],
    ['ssrc-group', 'a=ssrc-group:FID 1 2', { ssrcGroups: [{ semantics: 'FID', ssrcs: ['1', '2'], line: 6 }] }],
    [
      'rid',
      'a=rid:h send max-width=640;pt=96,97',
      {
        rids: [
          {
            id: 'h',
            direction: 'send',
            parameters: [
              { key: 'max-width', value: '640' },
              { key: 'pt', value: '96,97' },
            ],
            line: 6,
          },
        ],
      },
    ],
  ];
  it.each(cases)('%s', (_name, line, expected) => {
    expect(section(line)).toMatchObject(expected);
  });

  const simulcast: [string, string, unknown][] = [
    [
      'both directions',
      'send q;h,~g recv f',
      [
        ['send', [['q'], ['h', '~g']]],
        ['recv', [['f']]],
      ],
    ],
    ['early draft', ' recv rid=1;2 paused=2', [['recv', [['1'], ['~2']]]]],
    ['payload types of an early draft', ' send pt=97', [['send', []]]],
  ];
  it.each(simulcast)('simulcast: %s', (_name, value, expected) => {
    const [read] = section(`a=simulcast:${value}`).simulcast;
    const lists = read?.lists.map(({ direction, streams }) => [
      direction,
      streams.map((stream) => stream.map(({ rid, paused }) => (paused ? `~${rid}` : rid))),
    ]);
    expect(lists).toEqual(expected);
  });

  const unreadable: [string, string[], string[]][] = [
    ['simulcast', [...HEAD, M, 'a=simulcast:', 'a=simulcast:both a'], ['6 bad-simulcast', '7 bad-simulcast']],
    ['msid, ssrc, rid', [...HEAD, M, 'a=msid:', 'a=ssrc:1', 'a=rid:q'], ['6 bad-msid', '7 bad-ssrc', '8 bad-rid']],
    ['group, ssrc-group', [...HEAD, 'a=group:', M, 'a=ssrc-group:'], ['5 bad-group', '7 bad-ssrc-group']],
  ];
  it.each(unreadable)('problems: %s', (_name, lines, expected) => {
    expect(problems(...lines)).toEqual(expected);
  });
});
