/** `renego demo`: two real peers on a signaling server of their own; on a terminal you are the first of them. */
import { createDemo } from '../../sources/demo.ts';
import { chooseEngine } from '../engine.ts';
import type { Context } from '../io.ts';
import { type LiveFlags, liveOptions } from '../live-options.ts';
import { runLive } from '../pipeline.ts';

interface DemoFlags extends LiveFlags {
  readonly engine: string;
}

export async function run(context: Context, _args: readonly string[], flags: DemoFlags): Promise<number> {
  const onScreen = context.interactive && flags.json !== true;
  const source = createDemo({
    engine: await chooseEngine(flags.engine),
    auto: !onScreen,
    ...(!onScreen && { pause: 0 }),
  });
  return runLive(context, {
    ...(await liveOptions(context.io, flags)),
    source,
    about: { source: 'demo', parties: ['you', 'robin'] },
    title: 'demo',
    plan: undefined,
  });
}
