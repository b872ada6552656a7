/** The stack crashes when Node tears down after media was used (engines/wrtc-stack.ts): exit codes must survive that. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { withParts } from './parts.ts';

const built = new URL('../../dist/engines/wrtc.js', import.meta.url);

withParts(['wrtc'], 'the engine', () => {
  it('lets the process end by itself with its own exit code after media was used', async () => {
    const script = `
    const { wrtc } = await import(${JSON.stringify(built.href)});
    const pc = (await wrtc.load()).create({}, () => {});
    for (const media of ['audio', 'video', 'data']) pc.add(media);
    await pc.setLocalDescription(await pc.createOffer());
    pc.close();
    process.stdout.write('x'.repeat(200_000) + 'end');
    process.exitCode = 7;`;
    const run = promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], { timeout: 20_000 });
    const error = await run.catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 7, signal: null, stderr: '' });
    expect((error as { stdout: string }).stdout.endsWith('end')).toBe(true);
  });
});
