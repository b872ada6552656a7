/** `renego replay <session>`: plays a recorded side again, and compares what comes of it with the recording. */
import { RenegoError } from '../../core/errors.ts';
import { printable } from '../../core/text.ts';
import { compareRecordings } from '../../rules/golden.ts';
import { isSame, type Report, type Verdict, verdictJson } from '../../sinks/verdict/verdict.ts';
import { newId } from '../../sources/client-options.ts';
import { countUnaddressed } from '../../sources/replay/lanes.ts';
import { nameOf } from '../../sources/replay/meaning.ts';
import type { Replay } from '../../sources/replay/options.ts';
import { createReplay } from '../../sources/replay/replay.ts';
import { retell } from '../../sources/replay/retell.ts';
import { type Script, type Step, scriptOf } from '../../sources/replay/script.ts';
import { parseDuration } from '../duration.ts';
import { createEventStore } from '../event-store.ts';
import { EXIT } from '../exit-codes.ts';
import { goldenOf } from '../golden.ts';
import { type Context, columnsOf } from '../io.ts';
import { liveOptions } from '../live-options.ts';
import { load } from '../load.ts';
import { runLive } from '../pipeline.ts';
import { asFarAs, playedOf } from '../replay-expected.ts';
import { passwordsOf, type ReplayFlags, refuseWithLive, sideOf, speedOf, targetOf } from '../replay-flags.ts';
import { save } from '../save.ts';
import { unreadNotes } from '../unread.ts';

export async function run(context: Context, [path = '-']: readonly string[], flags: ReplayFlags): Promise<number> {
  if (flags.live !== true) return replayMessages(context, path, flags);
  refuseWithLive(flags);
  const { replayLive } = await import('../replay-live.ts');
  const outcome = await replayLive(context, await load(path, context.io), flags);
  return typeof outcome === 'number' ? outcome : settle(context, outcome, flags);
}

async function settle(context: Context, verdict: Verdict, flags: ReplayFlags): Promise<number> {
  await told(context, verdict, flags);
  return isSame(verdict) ? EXIT.ok : EXIT.different;
}

/** What a replay says and hears waits on disk sooner than what is only read: there are several lists of it. */
const keeper = () => createEventStore({ kept: 4 * 1024 * 1024 });

/** The recorded messages as they were, with today's ids. */
async function replayMessages(context: Context, path: string, flags: ReplayFlags): Promise<number> {
  const as = sideOf(flags);
  const { events: recorded } = await load(path, context.io);
  const other = flags.expect === undefined ? undefined : (await load(flags.expect, context.io)).events;
  const { script, events: retold, untold } = await retell(scriptFrom(recorded, as, flags, path), as, keeper());
  const left = countUnaddressed(recorded);
  if (left > 0)
    context.io.stderr.write(
      `renego: ${left} messages over HTTP are left out: the recording does not have their addresses\n`,
    );
  if (as === 'server' && script.lanes.some(({ carrier }) => carrier === 'events'))
    context.io.stderr.write('renego: server-sent events are sent without names: a recording has none\n');
  const start = performance.now();
  const source = createReplay({
    script,
    target: targetOf(context, script, as, flags),
    speed: speedOf(flags.speed),
    patience: parseDuration(flags.patience, '--patience'),
    byHand: flags.step === true,
    clock: () => performance.now() - start,
    password: passwordsOf(context, flags.password ?? []),
    newId,
    keeper,
    ...(context.interactive && { closing: 'played to the end: q shows the verdict' }),
    ...(!context.interactive &&
      flags.step === true && { waits: (step) => void context.io.stderr.write(waiting(step)) }),
  });
  const options = await liveOptions(context.io, flags);
  const stop = flags.step === true && !context.interactive ? stepByLine(context, source) : () => {};
  const code = await runLive(context, {
    ...options,
    source,
    about: {
      source: 'replay',
      parties: [...script.lanes.map(({ client }) => client), 'server'],
      ...(flags.to !== undefined && { url: flags.to }),
    },
    title: path,
    plan: undefined,
  }).finally(stop);
  const events = source.events();
  if (code !== EXIT.ok && events.length === 0) return code;
  // Of a replay that was ended, what was done is compared.
  const isWhole = source.reached >= script.steps.length;
  const played = isWhole ? retold : playedOf(retold, source);
  const expected = other === undefined ? played : isWhole ? other : asFarAs(played, other);
  const comparison = compareRecordings(goldenOf(expected, options.settings), goldenOf(events, options.settings));
  const ended = isWhole ? [] : [endedEarly(script, source)];
  const sentences = [...unreadNotes(recorded), ...(untold.length === 0 ? [] : [untoldNote(untold)])];
  const notes = sentences.length === 0 ? {} : { notes: sentences };
  const verdict = { title: flags.expect ?? path, comparison, reports: [...source.reports(), ...ended], ...notes };
  const outcome = await settle(context, verdict, flags);
  return code === EXIT.ok ? outcome : code;
}

function untoldNote(events: readonly number[]): string {
  const [first = 0] = events;
  const which = events.length === 1 ? `event ${first}` : `${events.length} events, the first of them ${first}`;
  return `Not compared: what ${which} described. The frames of the recording say it no more, or in a way that is not known.`;
}

function endedEarly({ steps }: Script, { reached }: Replay): Report {
  const left = steps.length - reached;
  const at = steps.at(reached);
  const where = at === undefined ? 'at the end' : `before event ${at.seq}`;
  const sentence = `The replay was ended ${where} of the recording: ${left} of its ${steps.length} messages were not played.`;
  return { kind: 'ended', sentence, ...(at !== undefined && { recorded: at.seq }) };
}

const waiting = (step: Step): string =>
  `renego: next the ${printable(`${nameOf(step)} of ${step.from}`)} (event ${step.seq}): Enter says it\n`;

/** Without a screen a line of standard input is what the key is on it. */
function stepByLine({ io: { stdin } }: Context, source: Replay): () => void {
  const listen = (data: Buffer | string): void => {
    for (const _ of data.toString().matchAll(/\n/g)) source.dispatch({ do: 'step' });
  };
  stdin.on('data', listen);
  return () => {
    stdin.off('data', listen);
    stdin.pause();
  };
}

async function told({ io, ascii }: Context, verdict: Verdict, flags: ReplayFlags): Promise<void> {
  const drawing = { ascii, columns: columnsOf(io, 0) };
  if (flags.json === true) io.stdout.write(`${JSON.stringify(verdictJson(verdict))}\n`);
  else io.stdout.write((await import('../../sinks/verdict/text.ts')).verdictText(verdict, drawing));
  if (flags.junit === undefined) return;
  const { verdictJunit } = await import('../../sinks/verdict/junit.ts');
  await save(flags.junit, verdictJunit(verdict), true);
}

function scriptFrom(
  events: Parameters<typeof scriptOf>[0],
  as: 'client' | 'server',
  flags: ReplayFlags,
  path: string,
): Script {
  const sides = flags.side?.flatMap((side) => side.split(',')).filter((side) => side !== '');
  const script = scriptOf(events, { as, ...(sides !== undefined && { sides }) });
  if (script.lanes.length > 0) return script;
  const all = scriptOf(events, { as }).lanes.map(({ client }) => client);
  if (all.length === 0) {
    const hint =
      countUnaddressed(events) > 0
        ? 'Its messages went over HTTP, and it does not have their addresses. Record it anew, or use --live.'
        : undefined;
    throw new RenegoError('input', 'NOTHING_TO_REPLAY', `${path} holds no message to say again`, hint);
  }
  throw new RenegoError(
    'usage',
    'UNKNOWN_SIDE',
    `--side: nobody is called ${sides?.join(', ')}`,
    `There are ${all.join(', ')}.`,
  );
}
