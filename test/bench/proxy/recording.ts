/** What a recording of the proxy says about a flood. */
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';

export interface Recorded {
  readonly messages: number;
  /** Of them, those in which a description or candidate was found. */
  readonly telling: number;
  /** Of them, those that are more than can be listed. */
  readonly unlisted: number;
  /** Bytes that waited on disk until they were read. */
  readonly waited: number;
  /** Messages nobody could read. */
  readonly blind: boolean;
}

export async function recorded(path: string): Promise<Recorded> {
  let [messages, telling, unlisted, waited] = [0, 0, 0, 0];
  let blind = false;
  for await (const line of createInterface({ input: createReadStream(path) })) {
    if (line.includes('"kind":"message"')) {
      messages += 1;
      if (/"signals":\[\{"type":"(?:offer|answer|candidate)"/.test(line)) telling += 1;
    }
    unlisted += Number(/"PROXY_BUSY".*?(\d+) more messages/.exec(line)?.[1] ?? 0);
    waited += Number(/"PROXY_BEHIND".*?(\d+) bytes had to wait/.exec(line)?.[1] ?? 0);
    blind ||= line.includes('"PROXY_BLIND"');
  }
  return { messages, telling, unlisted, waited, blind };
}
