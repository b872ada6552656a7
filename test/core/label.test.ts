import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EventBody } from '../../src/core/event.ts';
import { label } from '../../src/core/label.ts';
import { emptyModel, reduce } from '../../src/core/reduce.ts';
import { events } from './arbitrary.ts';
import { answer, bye, candidate, conversation, offer, rollback } from './conversation.ts';

const AV = ['audio 0', 'video 1'];

function labels(talk: ReturnType<typeof conversation>, separator?: string) {
  return talk.model.events
    .slice()
    .map((event) => label(talk.model, event, separator === undefined ? {} : { separator }));
}

describe('descriptions', () => {
  it('tell their number, and what they change', () => {
    const talk = conversation();
    talk.says('a', 'b', offer({ by: 'a' }));
    talk.says('b', 'a', answer({ by: 'b' }));
    talk.says('a', 'b', offer({ by: 'a', version: 2, ufrag: 'a002', sections: AV }));
    expect(labels(talk)).toEqual(['offer #1 · audio', 'answer #1', 'offer #2 · +video mid 1 · ICE restart']);
  });

  it('that were superseded or rolled back say so; an answer tells which offer it means', () => {
    const talk = conversation();
    talk.says('a', 'b', offer({ by: 'a' }));
    talk.says('a', 'b', offer({ by: 'a', version: 2, sections: AV }));
    talk.says('b', 'a', answer({ by: 'b', sections: AV }));
    talk.says('a', 'b', offer({ by: 'a', version: 3, sections: AV }));
    talk.says('a', 'b', rollback);
    expect(labels(talk)).toEqual([
      'offer #1 · audio · superseded',
      'offer #2 · audio, video',
      'answer #1 · to offer #2',
      'offer #3 · rolled back',
      'rollback',
    ]);
  });

  it('that crossed are marked on both sides', () => {
    const talk = conversation();
    talk.says('a', 'b', offer({ by: 'a' }));
    talk.says('b', 'a', offer({ by: 'b' }));
    talk.says('b', 'a', answer({ by: 'b', version: 2 }));
    expect(labels(talk)).toEqual(['offer #1 · audio · glare', 'offer #2 · audio · glare · rolled back', 'answer #1']);
  });

  it('that were delivered twice, reflected, or fit nothing say so', () => {
    const talk = conversation();
    talk.says('b', 'a', answer({ by: 'b' }));
    talk.says('a', 'b', offer({ by: 'a' }));
    talk.says('a', 'b', offer({ by: 'a' }));
    talk.says('b', 'a', offer({ by: 'a' }));
    expect(labels(talk)).toEqual([
      'answer #1 · no open offer',
      'offer #1 · audio',
      'offer #1 · again',
      "offer #2 · copy of the other side's offer #1",
    ]);
  });

  it('of a peer connection built anew say so', () => {
    const talk = conversation();
    talk.says('a', 'b', offer({ by: 'a', sections: AV }));
    talk.says('b', 'a', answer({ by: 'b', sections: AV }));
    talk.says('a', 'b', offer({ by: 'a2' }));
    expect(labels(talk)[2]).toBe('offer #1 · new PeerConnection · audio');
  });

  it('whose type is a guess say what it was guessed by', () => {
    const talk = conversation();
    const guessed = { ...offer({ by: 'a' }), assumed: { sure: 0.5, because: 'nothing to answer' } };
    talk.says('a', 'b', guessed);
    talk.says('a', 'b', { ...guessed, assumed: { sure: 0.98, because: 'a=setup:actpass' } });
    expect(labels(talk)).toEqual(['offer #1 · audio · type assumed by nothing to answer', 'offer #1 · again']);
  });

  it('use the separator they are given', () => {
    const talk = conversation();
    talk.says('a', 'b', offer({ by: 'a' }));
    expect(labels(talk, ' - ')).toEqual(['offer #1 - audio']);
  });
});

describe('candidates', () => {
  it('show type, address and section', () => {
    const talk = conversation();
    talk.says('a', 'b', candidate('a001'));
    talk.says('a', 'b', { type: 'candidate', candidate: 'candidate:1 1 tcp 1 fd00::1 9 typ relay', mLine: 1 });
    talk.says('a', 'b', { type: 'candidate', candidate: 'oops' });
    talk.says('a', 'b', { type: 'end-of-candidates' });
    talk.says('a', 'b', { type: 'candidate', candidate: '', mid: '1' });
    expect(labels(talk)).toEqual([
      'candidate mid 0 host udp 192.0.2.1:5000',
      'candidate m-line 1 relay tcp [fd00::1]:9',
      'candidate unreadable',
      'end of candidates',
      'end of candidates mid 1',
    ]);
  });
});

describe('everything else', () => {
  const cases: [string, EventBody][] = [
    ['link open ws://127.0.0.1:1/', { kind: 'link', change: 'open', url: 'ws://127.0.0.1:1/' }],
    ['link close 1006 gone', { kind: 'link', change: 'close', code: 1006, reason: 'gone' }],
    ['link retry in 500 ms', { kind: 'link', change: 'retry', delay: 500 }],
    ['applied remote answer', { kind: 'apply', pc: 'p', op: 'remote', type: 'answer', ok: true }],
    ['applied candidate', { kind: 'apply', pc: 'p', op: 'candidate', ok: true }],
    [
      'refused remote answer: InvalidStateError: Called in wrong state: stable',
      {
        kind: 'apply',
        pc: 'p',
        op: 'remote',
        type: 'answer',
        ok: false,
        error: { name: 'InvalidStateError', message: 'Called in wrong state: stable' },
      },
    ],
    ['state ice connected', { kind: 'state', pc: 'p', of: 'ice', value: 'connected' }],
    ['createOffer', { kind: 'call', pc: 'p', name: 'createOffer' }],
    ['ours: restart ICE', { kind: 'action', action: { do: 'restart-ice' } }],
    ['ours: stop mid 2', { kind: 'action', action: { do: 'stop', mid: '2' } }],
    ['ours: add video', { kind: 'action', action: { do: 'add', media: 'video' } }],
    ['mark: here', { kind: 'mark', text: 'here' }],
    ['problem X: it broke', { kind: 'problem', code: 'X', detail: 'it broke' }],
    ['unknown dream', { kind: 'other', label: 'dream', raw: '' }],
    [
      'join alice',
      {
        kind: 'message',
        protocol: 'p',
        encoding: 'text',
        raw: '',
        signals: [{ type: 'presence', who: 'alice', change: 'join' }],
      },
    ],
    ['p message', { kind: 'message', protocol: 'p', encoding: 'text', raw: '', signals: [] }],
    [
      'x\\x1b[31m',
      { kind: 'message', protocol: 'p', encoding: 'text', raw: '', signals: [{ type: 'other', label: 'x\x1b[31m' }] },
    ],
  ];
  it.each(cases)('%s', (expected, body) => {
    const talk = conversation();
    talk.inside('a', body);
    expect(labels(talk)).toEqual([expected]);
  });

  it('hang up', () => {
    const talk = conversation();
    talk.says('a', 'b', bye);
    expect(labels(talk)).toEqual(['hang up']);
  });
});

it('is printable, whatever the wire said', () => {
  fc.assert(
    fc.property(events, (log) => {
      const model = log.reduce(reduce, emptyModel());
      for (const event of log) expect(label(model, event)).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u);
    }),
  );
});
