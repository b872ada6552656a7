/** `renego proxy`: in front of a signaling server, watching and stepping in. */
import { openProxy, type ProxySource } from '../../sources/proxy/proxy.ts';
import type { Ordered } from '../command.ts';
import { parseDo } from '../do.ts';
import { parseDuration } from '../duration.ts';
import { parseInterventions } from '../interventions.ts';
import type { Context } from '../io.ts';
import { parseListen } from '../listen.ts';
import { type LiveFlags, liveOptions } from '../live-options.ts';
import { runLive } from '../pipeline.ts';
import { createPlan } from '../plan.ts';
import { protocolOf } from '../protocol-file.ts';

interface ProxyFlags extends LiveFlags {
  readonly listen: string;
  readonly protocol: string;
  readonly tls?: boolean;
  readonly insecure?: boolean;
  readonly holdTime: string;
  readonly rewrite?: boolean;
  readonly do?: readonly string[];
  readonly ordered: readonly Ordered[];
}

export async function run(context: Context, [url = '']: readonly string[], flags: ProxyFlags): Promise<number> {
  const planned = (flags.do ?? []).map(parseDo);
  const protocol = await protocolOf(flags.protocol, context.io.env);
  const live = await liveOptions(context.io, flags);
  const proxy = await openProxy({
    url,
    ...parseListen(flags.listen),
    tls: flags.tls === true,
    insecure: flags.insecure === true,
    rewrite: flags.rewrite !== false,
    interventions: parseInterventions(flags.ordered, live.screen.filters),
    patience: parseDuration(flags.holdTime, '--hold-time'),
    ...(protocol !== undefined && { protocol }),
  });
  try {
    const title = `${proxy.url} → ${url}${flags.insecure ? ' · CERTIFICATE NOT CHECKED' : ''}`;
    const code = await runLive(context, {
      ...live,
      source: proxy,
      announce: () => announce(context, url, proxy, flags),
      about: { source: 'proxy', url, parties: ['app', 'server'] },
      title,
      waiting: `Put ${proxy.url} into the app instead of ${url}: what the two say to each other is shown here.`,
      plan: createPlan(planned, undefined),
    });
    for (const sentence of proxy.unmet()) context.io.stderr.write(`renego: ${sentence}\n`);
    return code;
  } finally {
    await proxy.close();
  }
}

/** Before the screen opens; it stays to be read when the screen is gone. */
function announce({ io }: Context, url: string, proxy: ProxySource, flags: ProxyFlags): void {
  const lines = [
    `app        ${proxy.url}   (put this into the app)`,
    `server     ${url}`,
    ...(proxy.certificate ? [`certificate for this run only, SHA-256 ${proxy.certificate.fingerprint}`] : []),
    ...(flags.insecure
      ? ['WARNING    --insecure: the certificate of the server is NOT checked; anybody may be there']
      : []),
    '(Ctrl-C ends)',
  ];
  io.stderr.write(`${lines.join('\n')}\n`);
}
