/** `renego connect`: joins a signaling server as a real peer. */
import { RenegoError } from '../../core/errors.ts';
import { chooseProtocol } from '../../protocols/detect.ts';
import { createPeer } from '../../sources/peer.ts';
import { parseDo, parseState } from '../do.ts';
import { chooseEngine } from '../engine.ts';
import type { Context } from '../io.ts';
import { type LiveFlags, liveOptions } from '../live-options.ts';
import { createPaste } from '../paste.ts';
import { parseHeaders, parseIceServer, parseMedia, parseParams } from '../peer-options.ts';
import { runLive } from '../pipeline.ts';
import { createPlan } from '../plan.ts';
import { protocolOf } from '../protocol-file.ts';

interface ConnectFlags extends LiveFlags {
  readonly protocol: string;
  readonly param?: readonly string[];
  readonly room?: string;
  readonly as: string;
  readonly to?: string;
  readonly engine: string;
  readonly media?: string;
  readonly call?: boolean;
  readonly answerOnly?: boolean;
  readonly polite?: boolean;
  readonly impolite?: boolean;
  readonly iceServer?: readonly string[];
  readonly relayOnly?: boolean;
  readonly header?: readonly string[];
  readonly subprotocol?: readonly string[];
  readonly insecure?: boolean;
  readonly reconnect?: boolean;
  readonly do?: readonly string[];
  readonly exitWhen?: string;
}

export async function run(context: Context, [url = '']: readonly string[], flags: ConnectFlags): Promise<number> {
  checkFlags(flags);
  const protocol = await protocolOf(flags.protocol, context.io.env);
  const engine = await chooseEngine(flags.engine);
  const planned = (flags.do ?? []).map(parseDo);
  const exitWhen = flags.exitWhen === undefined ? undefined : parseState(flags.exitWhen, '--exit-when');
  const spoken = protocol ?? chooseProtocol({ url })?.protocol;
  const byHand = spoken?.carrier === 'lines';
  const source = createPeer({
    url,
    engine,
    as: flags.as,
    ...(flags.media !== undefined && { media: parseMedia(flags.media) }),
    params: parseParams(flags.param, spoken),
    ...(byHand && { lines: createPaste(context.io, flags.json === true) }),
    headers: parseHeaders(flags.header),
    iceServers: (flags.iceServer ?? []).map(parseIceServer),
    ...(protocol !== undefined && { protocol }),
    ...(flags.room !== undefined && { room: flags.room }),
    ...(flags.to !== undefined && { to: flags.to }),
    ...(flags.call === true && { call: true }),
    ...(flags.answerOnly === true && { answerOnly: true }),
    ...((flags.polite ?? flags.impolite) === true && { polite: flags.polite === true }),
    ...(flags.relayOnly === true && { relayOnly: true }),
    ...(flags.subprotocol !== undefined && { subprotocols: flags.subprotocol }),
    ...(flags.insecure === true && { insecure: true }),
    reconnect: flags.reconnect !== false,
  });
  return runLive(context, {
    ...(await liveOptions(context.io, flags)),
    ...(byHand && { plain: true, aside: true }),
    source,
    about: { source: 'peer', url, parties: [flags.as] },
    title: url,
    plan: createPlan(planned, exitWhen),
    exitWhen: flags.exitWhen,
  });
}

function checkFlags(flags: ConnectFlags): void {
  for (const [a, b] of [
    ['polite', 'impolite'],
    ['call', 'answerOnly'],
  ] as const) {
    if (flags[a] !== true || flags[b] !== true) continue;
    const names = `--${a} and --${b === 'answerOnly' ? 'answer-only' : b}`;
    throw new RenegoError('usage', 'CONTRADICTION', `${names} contradict each other`, 'Give one of them.');
  }
}
