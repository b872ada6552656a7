/** Server-Sent Events passed on as they come; while something intercepts, one by one. */
import type { IncomingMessage } from 'node:http';
import { createEventBlocks, type EventBlock, withData } from './event-blocks.ts';
import { type Exchange, type Eyes, gating, lookAt, slowness, tellUntold, trail } from './exchange.ts';
import { createFlow } from './flow.ts';
import { openPassage, type Passage } from './passage.ts';

export function passEvents(exchange: Exchange, answer: IncomingMessage, eyes: Eyes): void {
  const { response, told } = exchange;
  const { stepIn, streams } = eyes;
  const blocks = createEventBlocks();
  const { link } = told.lane;
  const flow = createFlow(answer, response, slowness(exchange, answer, eyes));
  const write = (data: Buffer) => flow.send(data);
  let passage: Passage | undefined;

  function look({ data }: EventBlock): void {
    const bytes = data === undefined ? undefined : Buffer.from(data);
    const reading = bytes && told.event(answer, bytes);
    if (reading !== undefined) lookAt(told.untold(), eyes);
    lookAt(reading, eyes);
  }

  function step(block: EventBlock, through: Passage): void {
    const { raw, sent, data } = block;
    const bytes = Buffer.from(data ?? '');
    // What stands behind something that waits keeps its place.
    const behind = !through.gate.empty;
    const reading = data === undefined || sent > 0 ? undefined : told.event(answer, bytes, behind);
    if (reading === undefined) {
      write(raw.subarray(sent));
      look(block);
      return;
    }
    eyes.later.drain();
    tellUntold(exchange, eyes);
    through.offer(bytes, reading, raw);
  }

  function open(): Passage {
    return openPassage(stepIn, {
      out: false,
      send: write,
      wrap: (data, raw) => withData(raw ?? Buffer.alloc(0), String(data)),
    });
  }

  answer.on('data', (chunk: Buffer) => {
    if (passage === undefined && !gating(eyes)) {
      write(chunk);
      for (const block of blocks.push(chunk, true)) look(block);
      return;
    }
    passage ??= open();
    for (const block of blocks.push(chunk, false)) step(block, passage);
    if (blocks.full) write(blocks.take());
  });
  answer.on('end', () => {
    passage?.act(passage.gate.release('the stream ends'));
    write(blocks.take());
    trail(response, answer);
    response.end();
  });
  const put = (data: Buffer) => {
    write(withData(Buffer.alloc(0), String(data)));
    lookAt(told.event(answer, data), eyes);
  };
  streams.set(link, put);
  response.on('close', () => {
    passage?.cancel();
    flow.stop();
    if (streams.get(link) === put) streams.delete(link);
  });
}
