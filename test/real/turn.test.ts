/** renego through Debian's coturn, with relayed candidates only. */
import { spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { freePort } from './janus.ts';
import { isState, type Line, linesOf, signalsOf } from './lines.ts';
import { requirePart, withParts } from './parts.ts';
import { type Running, start } from './process.ts';

/** A binding request (RFC 8489, section 5): the server that answers it is there. */
async function answersStun(port: number): Promise<void> {
  const socket = createSocket('udp4');
  const request = Buffer.concat([Buffer.from('000100002112a442', 'hex'), Buffer.from('renego-turn-')]);
  const ask = (): void => socket.send(request, port, '127.0.0.1');
  const timer = setInterval(ask, 100);
  await once(socket.bind(0, '127.0.0.1'), 'message');
  clearInterval(timer);
  socket.close();
}

withParts(['wrtc', 'coturn'], 'relayed candidates only', () => {
  const open: (() => unknown)[] = [];
  afterEach(() => {
    for (const close of open.splice(0).reverse()) close();
  });

  function run(...argv: string[]): Running {
    const running = start(argv);
    open.push(() => running.child.kill('SIGKILL'));
    return running;
  }

  /** The port of a relay on loopback, once it listens. */
  async function turn(): Promise<number> {
    const folder = mkdtempSync(join(tmpdir(), 'renego-turn-'));
    open.push(() => rmSync(folder, { recursive: true, force: true }));
    const port = await freePort();
    const files = ['--log-file', 'stdout', '--pidfile', join(folder, 'pid'), '--userdb', join(folder, 'users')];
    const where = ['--listening-ip', '127.0.0.1', '--relay-ip', '127.0.0.1', '--listening-port', String(port)];
    const users = ['--lt-cred-mech', '--user', 'ann:secret', '--realm', 'renego.test'];
    const argv = ['-n', ...where, ...users, ...files, '--no-tls', '--no-dtls', '--no-cli', '--allow-loopback-peers'];
    const child = spawn(requirePart('coturn'), argv, { stdio: 'ignore' });
    open.push(() => child.kill('SIGKILL'));
    await answersStun(port);
    return port;
  }

  const candidates = (lines: readonly Line[], from: string): string[] =>
    lines
      .filter((line) => line.kind === 'message' && line.from === from)
      .flatMap((line) => signalsOf(line) as readonly { type: string; candidate?: string }[])
      .flatMap(({ type, candidate }) => (type === 'candidate' && candidate !== undefined ? [candidate] : []));

  test('a call connects by the relay, and by fresh relayed candidates after an ICE restart', async () => {
    const port = await turn();
    const server = run('serve', '--listen', '127.0.0.1:0', '--json', '--echo');
    const [, url = ''] = await server.says(/signaling {2}(\S+)/);
    const relay = ['--relay-only', '--ice-server', `turn:ann:secret@127.0.0.1:${port}`];
    const renego = run('connect', url, '--json', '--call', ...relay, '--do', 'restart-ice@data=open');
    const lines = linesOf(renego);
    await lines.until('an open channel', isState('data', 'open'));
    const before = candidates(lines.all, 'renego');
    expect(before.length).toBeGreaterThan(0);
    await lines.until(
      'the restart',
      (line) => line.kind === 'negotiation' && line.cause === 'ice-restart' && line.state === 'complete',
    );
    const isRelayed = (line: Line): boolean =>
      line.kind === 'call' && line.name === 'selectedcandidatepair' && JSON.stringify(line.args).includes('relay');
    await lines.until('a pair by the relay after the restart', (line) => isRelayed(line) && isAfterRestart(line));
    const all = candidates(lines.all, 'renego');
    expect(all.length).toBeGreaterThan(before.length);
    expect(all.every((candidate) => / typ relay /.test(candidate))).toBe(true);
    renego.child.kill('SIGINT');
    await renego.ended();

    function isAfterRestart(line: Line): boolean {
      const restart = lines.all.findIndex(({ kind, cause }) => kind === 'negotiation' && cause === 'ice-restart');
      return restart >= 0 && lines.all.indexOf(line) > restart;
    }
  });

  test('with wrong credentials nothing is offered in place of the relay', async () => {
    const port = await turn();
    const server = run('serve', '--listen', '127.0.0.1:0', '--json', '--echo');
    const [, url = ''] = await server.says(/signaling {2}(\S+)/);
    const relay = ['--relay-only', '--ice-server', `turn:ann:wrong@127.0.0.1:${port}`];
    const renego = run('connect', url, '--json', '--call', ...relay);
    const lines = linesOf(renego);
    await lines.until('the end of gathering', isState('gathering', 'complete'));
    expect(candidates(lines.all, 'renego')).toEqual([]);
    renego.child.kill('SIGINT');
    await renego.ended();
  });
});
