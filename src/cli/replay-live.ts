/** `renego replay --live`: real engines do again what the recorded sides wanted, and the outcome is compared. */
import { RenegoError } from '../core/errors.ts';
import type { MediaKind } from '../core/event.ts';
import type { Description } from '../core/model.ts';
import { engineSentences, isOfEngine } from '../rules/golden/of-engine.ts';
import { compareShapes } from '../rules/golden.ts';
import type { Finding } from '../rules/rule.ts';
import type { Verdict } from '../sinks/verdict/verdict.ts';
import { planOf } from '../sources/live-replay/intent.ts';
import { lackingCodecs, lackingSentences } from '../sources/live-replay/lacking.ts';
import { createLiveReplay } from '../sources/live-replay/live-replay.ts';
import { parseDuration } from './duration.ts';
import { chooseEngine } from './engine.ts';
import { EXIT } from './exit-codes.ts';
import { goldenOf } from './golden.ts';
import type { Context } from './io.ts';
import { type LiveFlags, liveOptions } from './live-options.ts';
import type { Loaded } from './load.ts';
import { parseHeaders } from './peer-options.ts';
import { runLive } from './pipeline.ts';
import { unreadNotes } from './unread.ts';

export interface LiveReplayFlags extends LiveFlags {
  readonly to?: string;
  readonly patience: string;
  readonly engine: string;
  readonly header?: readonly string[];
  readonly insecure?: boolean;
}

const FLOWS: readonly MediaKind[] = ['audio', 'video', 'data'];

/** The verdict; a number where the session ended otherwise. */
export async function replayLive(context: Context, loaded: Loaded, flags: LiveReplayFlags): Promise<Verdict | number> {
  const plan = planOf(loaded.model);
  if (plan === undefined) {
    const hint = 'Without --live its messages can be replayed as they are.';
    throw new RenegoError('input', 'NOTHING_TO_REPLAY', `${loaded.path} holds no offer that was answered`, hint);
  }
  const start = performance.now();
  const source = createLiveReplay({
    plan,
    engine: await chooseEngine(flags.engine),
    patience: parseDuration(flags.patience, '--patience'),
    clock: () => performance.now() - start,
    ...(flags.to !== undefined && {
      join: { url: flags.to, headers: parseHeaders(flags.header), ...(flags.insecure === true && { insecure: true }) },
    }),
  });
  const options = await liveOptions(context.io, flags);
  const code = await runLive(context, {
    ...options,
    source,
    about: { source: 'replay', parties: [...plan.parties] },
    title: loaded.path,
    plan: undefined,
  });
  if (code !== EXIT.ok) return code;
  const now = goldenOf(source.events, options.settings);
  const [own] = plan.parties;
  const said = [...now.model.sessions.values()].flatMap(({ descriptions }) => descriptions);
  const lacking = lackingCodecs(
    plan,
    said.filter(({ from }) => from === own),
  );
  const [first] = plan.intents;
  // One event may offer to several: only what is of this call was done again.
  const done = new Set(plan.intents.flatMap(({ round: { offer, answer } }) => [offer.seq, answer?.seq]));
  const expected = ({ pc, seq }: Description): boolean => pc === first?.round.offer.pc && done.has(seq);
  const engines = flags.to === undefined ? plan.parties : [own];
  const ofEngine = (finding: Finding): boolean => isOfEngine(finding, engines);
  return {
    title: loaded.path,
    comparison: compareShapes(goldenOf(loaded.events, options.settings), now, { expected, lacking, ofEngine }),
    reports: source.reports.map((sentence) => ({ kind: 'live', sentence })),
    notes: [
      ...unreadNotes(loaded.events),
      ...plan.omitted,
      ...lackingSentences(plan, lacking),
      ...engineSentences(now.findings.filter(ofEngine)),
    ],
    live: { connected: source.connected, flowed: FLOWS.filter((kind) => source.flowed.has(kind)) },
  };
}
