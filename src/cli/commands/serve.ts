/** `renego serve`: the embedded signaling server alone, with a page for browsers. */
import { RenegoError } from '../../core/errors.ts';
import type { Spoken } from '../../sources/rooms.ts';
import { createServe } from '../../sources/serve.ts';
import type { Emit, Source } from '../../sources/source.ts';
import { chooseEngine } from '../engine.ts';
import type { Context } from '../io.ts';
import { parseListen } from '../listen.ts';
import { type LiveFlags, liveOptions } from '../live-options.ts';
import { chooseProtocol } from '../peer-options.ts';
import { runLive } from '../pipeline.ts';

interface ServeFlags extends LiveFlags {
  readonly listen: string;
  readonly protocol: string;
  readonly echo?: boolean;
  readonly engine: string;
}

export async function run(context: Context, _args: readonly string[], flags: ServeFlags): Promise<number> {
  const spoken = chooseSpoken(flags.protocol);
  const address = parseListen(flags.listen);
  let emit: Emit = () => undefined;
  const served = createServe({
    ...address,
    spoken,
    ...(flags.echo === true && { echo: await chooseEngine(flags.engine) }),
    listening({ url, pageUrl }) {
      context.io.stderr.write(`signaling  ${url}\nbrowsers   ${pageUrl}\n(Ctrl-C ends)\n`);
      emit({ from: 'server', to: 'server', kind: 'link', change: 'open', url });
    },
  });
  const source: Source = {
    ...served,
    start(sink, signal) {
      emit = sink;
      return served.start(sink, signal);
    },
  };
  return runLive(context, {
    ...(await liveOptions(context.io, flags)),
    source,
    about: { source: 'serve', parties: ['server'] },
    title: 'serve',
    plain: true,
    plan: undefined,
  });
}

/** Throws RenegoError `usage`/`NOT_SERVED` for a protocol that the embedded server does not speak. */
function chooseSpoken(name: string): Spoken {
  const protocol = chooseProtocol(name)?.name;
  if (protocol === undefined) return 'both';
  if (protocol === 'mdn' || protocol === 'perfect-negotiation') return protocol;
  const hint = 'It speaks mdn and perfect-negotiation.';
  throw new RenegoError('usage', 'NOT_SERVED', `the embedded server does not speak ${protocol}`, hint);
}
