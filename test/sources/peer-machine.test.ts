import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SignalingState } from '../../src/core/model.ts';
import { peerMachine, step } from '../../src/sources/peer-machine.ts';
import type { Input, Output, PeerState } from '../../src/sources/peer-state.ts';

/** A description whose only content is a name; the name is its user fragment too. */
const sdp = (name: string): string => `v=0\r\na=mid:0\r\na=ice-ufrag:${name}\r\n`;
const nameOf = (text: string): string => /ufrag:(\S+)/.exec(text)?.[1] ?? text;

const needed: Input = { on: 'needed' };
const offered: Input = { on: 'offer', iceRestart: false };
const restarted: Input = { on: 'offer', iceRestart: true };
const hears = (type: 'offer' | 'answer' | 'pranswer' | 'rollback', name = ''): Input => ({
  on: 'description',
  description: { type, sdp: name && sdp(name) },
});
const hearsCandidate = (candidate: string, ufrag?: string): Input => ({
  on: 'remote-candidate',
  candidate: { type: 'candidate', pc: 'a+b', candidate, mid: '0', ...(ufrag !== undefined && { ufrag }) },
});
const finds = (candidate: string | null): Input => ({
  on: 'local-candidate',
  signal: candidate === null ? null : { type: 'candidate', pc: 'a+b', candidate },
});
const done = (signaling: SignalingState, name?: string): Input => ({
  on: 'done',
  signaling,
  ...(name !== undefined && { sdp: sdp(name) }),
});
const failed = (signaling: SignalingState, message = 'no'): Input => ({
  on: 'failed',
  signaling,
  error: { name: 'InvalidAccessError', message },
});

function shown(output: Output): string {
  switch (output.do) {
    case 'engine': {
      const { op } = output;
      if (op.op === 'createOffer') return op.iceRestart ? 'createOffer restart' : 'createOffer';
      if (op.op === 'createAnswer') return 'createAnswer';
      if (op.op === 'addCandidate') return `add ${'candidate' in op.candidate ? op.candidate.candidate : 'end'}`;
      return `${op.op} ${op.type} ${nameOf(op.sdp)}`.trim();
    }
    case 'send': {
      const { signal } = output;
      if ('sdp' in signal) return `send ${signal.type} ${nameOf(signal.sdp)}`;
      if (signal.type === 'candidate') return `send ${signal.candidate}`;
      return signal.type === 'end-of-candidates' ? `send end ${signal.mid} ${signal.ufrag}` : `send ${signal.type}`;
    }
    case 'ask':
      return `ask ${output.what}`;
    case 'problem':
      return `problem ${output.code}`;
    case 'close':
      return `close: ${output.reason}`;
  }
}

/** Each row: an input, then everything the machine does because of it. */
function script(
  config: { polite?: boolean; answerOnly?: boolean; terms?: PeerState['terms'] },
  rows: (readonly [Input, ...string[]])[],
): PeerState {
  let state = peerMachine({ pc: 'a+b', polite: false, ...config });
  rows.forEach(([input, ...expected], index) => {
    const stepped = step(state, input);
    state = stepped.state;
    expect(stepped.outputs.map(shown), `row ${index}: ${JSON.stringify(input)}`).toEqual(expected);
  });
  return state;
}

type Row = readonly [Input, ...string[]];

const called: Row[] = [
  [needed, 'createOffer'],
  [done('stable', 'O1'), 'setLocal offer O1'],
  [done('have-local-offer'), 'send offer O1'],
];
const connected: Row[] = [...called, [hears('answer', 'A1'), 'setRemote answer A1'], [done('stable')]];
const answering = (answer: string): Row[] => [
  [done('have-remote-offer'), 'createAnswer'],
  [done('have-remote-offer', answer), `setLocal answer ${answer}`],
  [done('stable'), `send answer ${answer}`],
];
const answers = (offer: string, answer: string): Row[] => [
  [hears('offer', offer), `setRemote offer ${offer}`],
  ...answering(answer),
];

describe('peer machine', () => {
  it('calls: description first, its candidates behind it', () => {
    script({}, [
      [needed, 'createOffer'],
      [done('stable', 'O1'), 'setLocal offer O1'],
      [finds('c1')],
      [done('have-local-offer'), 'send offer O1', 'send c1'],
      [finds('c2'), 'send c2'],
      [finds(null), 'send end 0 O1'],
      [hears('answer', 'A1'), 'setRemote answer A1'],
      [hearsCandidate('r1', 'A1')],
      [done('stable'), 'add r1'],
      [done('stable')],
    ]);
  });

  it('ends the candidates of the generation that was gathered, and once', () => {
    script({}, [
      ...connected,
      [finds('c1 ufrag O1'), 'send c1 ufrag O1'],
      [restarted, 'createOffer restart'],
      [done('stable', 'O2'), 'setLocal offer O2'],
      [finds(null)],
      [done('have-local-offer'), 'send offer O2', 'send end 0 O1'],
      [finds(null)],
      [finds('c2 ufrag O2'), 'send c2 ufrag O2'],
      [finds(null), 'send end 0 O2'],
    ]);
  });

  it('ends the candidates where there are none', () => {
    script({}, [...connected, [finds(null), 'send end 0 O1'], [finds(null)]]);
  });

  it('answers', () => {
    script({ answerOnly: true }, [...answers('R1', 'A1'), [needed], [hearsCandidate('r1', 'R1'), 'add r1']]);
  });

  it('does not offer because of what the answer already covers', () => {
    script({}, [
      [hears('offer', 'R1'), 'setRemote offer R1'],
      [needed],
      [done('have-remote-offer'), 'createAnswer'],
      [done('have-remote-offer', 'A1'), 'setLocal answer A1'],
      [done('stable'), 'send answer A1'],
    ]);
  });

  it('offers after the answer when the engine asks again', () => {
    script({}, [
      [hears('offer', 'R1'), 'setRemote offer R1'],
      [done('have-remote-offer'), 'createAnswer'],
      [done('have-remote-offer', 'A1'), 'setLocal answer A1'],
      [needed],
      [done('stable'), 'send answer A1', 'createOffer'],
    ]);
  });

  it('glare, polite: rolls back, answers, and offers again what was asked for', () => {
    script({ polite: true }, [
      ...connected,
      [restarted, 'createOffer restart'],
      [done('stable', 'O2'), 'setLocal offer O2'],
      [done('have-local-offer'), 'send offer O2'],
      [hears('offer', 'R2'), 'setLocal rollback'],
      [done('stable'), 'setRemote offer R2'],
      [done('have-remote-offer'), 'createAnswer'],
      [done('have-remote-offer', 'A2'), 'setLocal answer A2'],
      [done('stable'), 'send answer A2', 'createOffer restart'],
    ]);
  });

  it('glare, polite: leaves it to the engine to ask again for its own changes', () => {
    script({ polite: true }, [
      ...called,
      [hears('offer', 'R1'), 'setLocal rollback'],
      [done('stable'), 'setRemote offer R1'],
      ...answering('A1'),
      [needed, 'createOffer'],
    ]);
  });

  it('glare, impolite: ignores the offer and its candidates, takes the answer and its', () => {
    script({ polite: false }, [
      ...called,
      [hears('offer', 'R1'), 'problem OFFER_IGNORED'],
      [hearsCandidate('r1', 'R1')],
      [hears('answer', 'A1'), 'setRemote answer A1'],
      [done('stable')],
      [hearsCandidate('late', 'R1')],
      [hearsCandidate('good', 'A1'), 'add good'],
    ]);
  });

  it('glare, impolite: candidates without user fragment after an ignored offer are its', () => {
    const state = script({ polite: false }, [
      ...connected,
      [offered, 'createOffer'],
      [done('stable', 'O2'), 'setLocal offer O2'],
      [done('have-local-offer'), 'send offer O2'],
      [hears('offer', 'R2'), 'problem OFFER_IGNORED'],
      [hearsCandidate('r2')],
    ]);
    expect(state.early).toEqual([]);
  });

  it('an offer that arrives while ours is being made waits, and is a glare then', () => {
    script({ polite: true }, [
      [needed, 'createOffer'],
      [hears('offer', 'R1')],
      [done('stable', 'O1'), 'setLocal offer O1'],
      [done('have-local-offer'), 'send offer O1', 'setLocal rollback'],
      [done('stable'), 'setRemote offer R1'],
    ]);
  });

  it.each([true, false])('answer and counter-offer in the same millisecond: no glare (polite %s)', (polite) => {
    script({ polite }, [
      ...called,
      [hears('answer', 'A1'), 'setRemote answer A1'],
      [hears('offer', 'R2')],
      [hearsCandidate('r1', 'A1')],
      [done('stable'), 'setRemote offer R2'],
      [done('have-remote-offer'), 'createAnswer'],
      [done('have-remote-offer', 'A2'), 'setLocal answer A2'],
      [done('stable'), 'send answer A2', 'add r1'],
    ]);
  });

  it('lost answer: a later offer of the other side gets a polite peer out', () => {
    script({ polite: true }, [
      ...called,
      [needed],
      [hears('offer', 'R2'), 'setLocal rollback'],
      [done('stable'), 'setRemote offer R2'],
    ]);
  });

  it('candidates before any description wait for theirs', () => {
    script({}, [
      [hearsCandidate('r1', 'R1')],
      [hearsCandidate('x1', 'X9')],
      [hears('offer', 'R1'), 'setRemote offer R1'],
      [done('have-remote-offer'), 'createAnswer'],
      [done('have-remote-offer', 'A1'), 'setLocal answer A1'],
      [done('stable'), 'send answer A1', 'add r1'],
      [done('stable')],
      [hears('offer', 'X9'), 'setRemote offer X9'],
      ...answering('A2').slice(0, 2),
      [done('stable'), 'send answer A2', 'add x1'],
    ]);
  });

  it('a candidate that overtakes its ICE restart waits for it', () => {
    script({}, [...connected, [hearsCandidate('r2', 'R2')], [hears('offer', 'R2'), 'setRemote offer R2']]);
  });

  it('rolls back on request and does not offer the same again at once', () => {
    script({}, [
      ...called,
      [{ on: 'rollback' }, 'setLocal rollback'],
      [needed],
      [done('stable')],
      [needed],
      [{ on: 'allow' }, 'createOffer'],
    ]);
  });

  it('a rollback in stable fails without a trace', () => {
    script({}, [...connected, [{ on: 'rollback' }, 'setLocal rollback'], [failed('stable')], [needed, 'createOffer']]);
  });

  it('ICE restart from either side', () => {
    script({}, [
      ...connected,
      [restarted, 'createOffer restart'],
      [done('stable', 'O2'), 'setLocal offer O2'],
      [done('have-local-offer'), 'send offer O2'],
      [hears('answer', 'A2'), 'setRemote answer A2'],
      [done('stable')],
      ...answers('R3', 'A3'),
    ]);
  });

  it('a refused answer is rolled back and not asked for again by itself', () => {
    script({}, [
      ...called,
      [hears('answer', 'bad'), 'setRemote answer bad'],
      [failed('have-local-offer'), 'problem ANSWER_REFUSED', 'setLocal rollback'],
      [needed],
      [done('stable')],
      [offered, 'createOffer'],
    ]);
  });

  it('an answer in stable fails and changes nothing', () => {
    const before = script({}, connected);
    const after = script({}, [...connected, [hears('answer', 'A1'), 'setRemote answer A1'], [failed('stable')]]);
    expect(after).toEqual(before);
  });

  it('a refused offer leaves the other side waiting, us in stable', () => {
    script({}, [[hears('offer', 'bad'), 'setRemote offer bad'], [failed('stable')], [needed, 'createOffer']]);
  });

  it('an offer that cannot be answered is rolled back', () => {
    script({}, [
      [hears('offer', 'R1'), 'setRemote offer R1'],
      [done('have-remote-offer'), 'createAnswer'],
      [failed('have-remote-offer'), 'problem OFFER_NOT_ANSWERED', 'setRemote rollback'],
      [done('stable')],
      [needed, 'createOffer'],
    ]);
  });

  it('a provisional answer keeps the offer open', () => {
    script({}, [
      ...called,
      [hears('pranswer', 'P1'), 'setRemote pranswer P1'],
      [done('have-remote-pranswer')],
      [needed],
      [hears('answer', 'A1'), 'setRemote answer A1'],
      [done('stable')],
    ]);
  });

  it('hang-up, bye and leaving end it; what comes later is ignored', () => {
    script({}, [...connected, [{ on: 'hangup' }, 'send bye', 'close: hung up'], [hears('offer', 'R2')], [needed]]);
    script({}, [...called, [{ on: 'bye' }, 'close: the peer hung up'], [done('stable')]]);
    script({}, [...called, [{ on: 'left' }, 'close: the peer left']]);
  });

  it('a peer whose signaling goes while media flows is given up only when the connection goes too', () => {
    script({}, [
      ...connected,
      [{ on: 'connection', state: 'connected' }],
      [{ on: 'left' }],
      [{ on: 'connection', state: 'disconnected' }, 'close: the peer left'],
    ]);
  });

  it('sends after a reconnection what it could not send, and an unanswered offer again', () => {
    script({}, [
      ...called,
      [{ on: 'link', up: false }],
      [finds('c1')],
      [{ on: 'link', up: true }, 'send offer O1', 'send c1'],
    ]);
    script({}, [
      [needed, 'createOffer'],
      [{ on: 'link', up: false }],
      [done('stable', 'O1'), 'setLocal offer O1'],
      [done('have-local-offer')],
      [{ on: 'link', up: true }, 'send offer O1'],
    ]);
  });

  it('answers only until the user takes over', () => {
    script({ answerOnly: true }, [[needed], [{ on: 'allow' }, 'createOffer']]);
  });
});

describe('two machines over any interleaving', () => {
  /** An engine that only keeps the signaling state, strictly. */
  const result = (
    signaling: SignalingState,
    output: Extract<Output, { do: 'engine' }>['op'],
    serial: number,
  ): Input => {
    if (output.op === 'createOffer' || output.op === 'createAnswer') return done(signaling, `u${serial}`);
    if (output.op === 'addCandidate') return done(signaling);
    const key = `${output.op} ${output.type} ${signaling}`;
    const next = (
      {
        'setLocal offer stable': 'have-local-offer',
        'setLocal rollback have-local-offer': 'stable',
        'setLocal answer have-remote-offer': 'stable',
        'setRemote offer stable': 'have-remote-offer',
        'setRemote answer have-local-offer': 'stable',
      } as Record<string, SignalingState>
    )[key];
    return next ? done(next) : failed(signaling, key);
  };

  it('both end in stable, without a failed operation, if one is polite', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 5 }), { maxLength: 60 }), (picks) => {
        const sides = [true, false].map((polite) => ({
          state: peerMachine({ pc: 'a+b', polite }),
          ops: [] as Extract<Output, { do: 'engine' }>['op'][],
          mail: [] as Input[],
        }));
        let serial = 0;
        let failures = 0;
        const feed = (index: number, input: Input): void => {
          const side = sides[index];
          const other = sides[1 - index];
          if (!side || !other) return;
          const { state, outputs } = step(side.state, input);
          side.state = state;
          for (const output of outputs) {
            if (output.do === 'engine') side.ops.push(output.op);
            if (output.do === 'send' && 'sdp' in output.signal) {
              other.mail.push(hears(output.signal.type as 'offer', nameOf(output.signal.sdp)));
            }
          }
          expect(side.ops.length).toBeLessThanOrEqual(1);
        };
        const act = (index: number, what: 'user' | 'engine' | 'mail'): boolean => {
          const side = sides[index];
          if (what === 'user') feed(index, offered);
          const op = what === 'engine' ? side?.ops.shift() : undefined;
          const mail = what === 'mail' ? side?.mail.shift() : undefined;
          if (side && op) {
            serial += 1;
            const input = result(side.state.signaling, op, serial);
            if (input.on === 'failed') failures += 1;
            feed(index, input);
          }
          if (mail) feed(index, mail);
          return op !== undefined || mail !== undefined;
        };
        const kinds = ['user', 'engine', 'mail'] as const;
        for (const pick of picks) act(pick % 2, kinds[pick >> 1] ?? 'mail');
        let moves = 0;
        const drain = (): boolean => [0, 1].some((index) => act(index, 'engine') || act(index, 'mail'));
        while (drain() && moves < 2_000) moves += 1;
        expect(moves).toBeLessThan(2_000);
        expect(failures).toBe(0);
        expect(sides.map((side) => side.state.signaling)).toEqual(['stable', 'stable']);
        expect(sides.map((side) => side.state.asked)).toEqual([undefined, undefined]);
      }),
      { numRuns: 500 },
    );
  });
});

describe('a peer whose protocol has no trickle', () => {
  const terms = { trickle: false, renegotiation: true, offers: 'both' } as const;
  const found = (name: string, ufrag: string): Input => ({
    on: 'local-candidate',
    signal: { type: 'candidate', pc: 'a+b', candidate: `candidate:${name}`, mid: '0', ufrag },
  });
  /** What the machine sends because of these inputs, as SDP. */
  function said(inputs: readonly Input[]): string[] {
    let state = peerMachine({ pc: 'a+b', polite: true, terms });
    return inputs.flatMap((input) => {
      const stepped = step(state, input);
      state = stepped.state;
      return stepped.outputs.flatMap((output) => {
        if (output.do !== 'send') return [];
        return [
          'sdp' in output.signal ? `${output.signal.type} ${output.signal.sdp.slice(5)}` : `send ${output.signal.type}`,
        ];
      });
    });
  }
  const described = (name: string): string => `v=0\r\nm=audio 9\r\na=mid:0\r\na=ice-ufrag:${name}\r\n`;
  const made = (name: string): Input => ({ on: 'done', signaling: 'stable', sdp: described(name) });
  const full = (name: string, ...candidates: string[]): string =>
    `${described(name).slice(5)}${candidates.map((one) => `a=candidate:${one}\r\n`).join('')}a=end-of-candidates\r\n`;
  const call: Input[] = [needed, made('O1'), found('c1', 'O1'), done('have-local-offer'), found('c2', 'O1')];

  it('sends the offer with all its candidates, and only then', () => {
    expect(said(call)).toEqual([]);
    expect(said([...call, finds(null)])).toEqual([`offer ${full('O1', 'c1', 'c2')}`]);
  });

  it('sends an offer of the same generation at once, one of another when that is gathered', () => {
    const connected = [...call, finds(null), hears('answer', 'A1'), done('stable')];
    const again: Input[] = [offered, made('O1'), done('have-local-offer'), hears('answer', 'A1'), done('stable')];
    // Gathering of the old generation may be told late.
    const restart: Input[] = [restarted, made('O2'), done('have-local-offer'), finds(null), found('c3', 'O2')];
    expect(said([...connected, ...again, ...restart]).slice(1)).toEqual([`offer ${full('O1', 'c1', 'c2')}`]);
    expect(said([...connected, ...restart, finds(null)]).slice(1)).toEqual([`offer ${full('O2', 'c3')}`]);
  });

  it('answers with all candidates, and forgets an offer that was rolled back', () => {
    const answered: Input[] = [
      hears('offer', 'R1'),
      done('stable'),
      done('have-remote-offer'),
      made('A1'),
      done('stable'),
    ];
    const gathered = [found('c3', 'A1'), finds(null)];
    expect(said([...call, ...answered, ...gathered])).toEqual([`answer ${full('A1', 'c3')}`]);
  });

  it('does not wait for candidates where there is no network', () => {
    expect(said([needed, made('O1'), done('have-local-offer'), finds(null)])).toEqual([
      `offer ${described('O1').slice(5)}`,
    ]);
  });
});

describe('a peer whose protocol limits who offers', () => {
  it('asks where only the other side offers, once for each thing done by hand', () => {
    const terms = { trickle: true, renegotiation: true, offers: 'them' } as const;
    script({ terms }, [
      [{ on: 'ask', what: 'offer' }, 'ask offer'],
      [needed],
      ...answers('R1', 'A1'),
      [needed],
      [{ on: 'allow' }, 'ask offer'],
      ...answers('R2', 'A2'),
      [needed],
      [offered, 'ask offer'],
      [restarted, 'ask restart-ice'],
    ]);
  });

  it('does not offer again where that cannot be, but restarts ICE', () => {
    const terms = { trickle: true, renegotiation: false, offers: 'us' } as const;
    script({ terms }, [
      ...connected,
      [needed],
      [restarted, 'createOffer restart'],
      [done('stable', 'O2'), 'setLocal offer O2'],
      [done('have-local-offer'), 'send offer O2'],
    ]);
  });
});
