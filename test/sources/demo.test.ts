import { describe, expect, it } from 'vitest';
import { wrtc } from '../../src/engines/wrtc.ts';
import { createDemo } from '../../src/sources/demo.ts';
import { runSource, state, words } from '../helpers/run-source.ts';

describe('demo', () => {
  it('plays its story to the end by itself: call, video, ICE restart, hang up', async () => {
    const running = runSource(createDemo({ engine: wrtc, auto: true, pause: 1 }));
    expect(await running.ended).toEqual({ reason: 'the story is over', code: 0 });
    const happened = words(running.drafts);
    const actions = happened.filter((word) => / does /.test(word));
    expect(actions).toEqual(['you does call', 'robin does add', 'you does restart-ice', 'robin does hangup']);
    const rounds = happened.filter((word) => /^\w+>\w+ (offer|answer|bye)$/.test(word));
    expect(rounds).toEqual([
      'you>robin offer',
      'robin>you answer',
      'robin>you offer',
      'you>robin answer',
      'you>robin offer',
      'robin>you answer',
      'robin>you bye',
    ]);
    expect(happened.filter((word) => /problem|failed/.test(word))).toEqual([]);
  });

  it('leaves the call to a watcher, whose first action ends the story', async () => {
    const running = runSource(createDemo({ engine: wrtc, auto: false, pause: 1 }));
    await running.until(state('media', 'video 2 flows', 'you'));
    running.source.dispatch({ do: 'add', media: 'audio' });
    await running.until((draft) => draft.kind === 'action' && draft.action.do === 'add' && draft.from === 'you');
    expect(await running.stop()).toEqual({ reason: 'aborted', code: 0 });
    expect(running.source.refusal({ do: 'offer' })).toBe('the session is over');
    expect(words(running.drafts).filter((word) => word === 'robin does hangup')).toEqual([]);
  });
});
