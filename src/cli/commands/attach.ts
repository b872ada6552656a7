/** `renego attach`: watches the peer connections of the pages in a browser. */
import { RenegoError } from '../../core/errors.ts';
import { createAttach } from '../../sources/attach/attach.ts';
import { parseDo, parseState } from '../do.ts';
import { firstGiven } from '../given.ts';
import type { Context } from '../io.ts';
import { type LiveFlags, liveOptions } from '../live-options.ts';
import { runLive } from '../pipeline.ts';
import { createPlan } from '../plan.ts';

interface AttachFlags extends LiveFlags {
  readonly launch?: string;
  readonly browser: string;
  readonly headless?: boolean;
  readonly browserArg?: readonly string[];
  readonly do?: readonly string[];
  readonly exitWhen?: string;
}

export async function run(context: Context, [endpoint]: readonly string[], flags: AttachFlags): Promise<number> {
  const { launch: url, browser, headless, browserArg = [] } = flags;
  if (url !== undefined && endpoint !== undefined) {
    const hint = 'Give an endpoint to attach to a running browser, or --launch to start one.';
    throw new RenegoError('usage', 'CONTRADICTION', `${endpoint} and --launch contradict each other`, hint);
  }
  if (url === undefined) refuseWithoutLaunch(flags);
  const planned = (flags.do ?? []).map(parseDo);
  const exitWhen = flags.exitWhen === undefined ? undefined : parseState(flags.exitWhen, '--exit-when');
  const where = endpoint ?? '127.0.0.1:9222';
  const source = createAttach({
    endpoint: where,
    ...(url !== undefined && { launch: { url: pageUrl(url), browser, headless: headless === true, args: browserArg } }),
  });
  return runLive(context, {
    ...(await liveOptions(context.io, flags)),
    source,
    about: { source: 'attach', url: url ?? where, parties: [] },
    title: url ?? where,
    plan: createPlan(planned, exitWhen),
    exitWhen: flags.exitWhen,
  });
}

/** A browser that runs already has its name, its window and its arguments. */
function refuseWithoutLaunch({ browser, headless, browserArg }: AttachFlags): void {
  const given = { browser: browser === 'chromium' ? undefined : browser, headless, 'browser-arg': browserArg };
  const name = firstGiven(given);
  if (name === undefined) return;
  const hint = 'Add --launch <url>, or leave it out: a browser that runs already stays as it is.';
  throw new RenegoError('usage', 'NEEDS_LAUNCH', `--${name} is for a browser that --launch starts`, hint);
}

/** `app.example` means the page there. */
function pageUrl(text: string): string {
  const url = /^\w[\w+.-]*:(?!\d)/.test(text) ? text : `http://${text}`;
  if (URL.canParse(url)) return url;
  throw new RenegoError(
    'usage',
    'BAD_ADDRESS',
    `--launch: '${text}' is no address`,
    'Write it like http://127.0.0.1:8080/.',
  );
}
