/** What a connection that was there before anybody looked has come to, in the order in which it must have come. */
import type { Current, PageDescription } from './report.ts';

export interface Step {
  /** It was set locally. */
  readonly out: boolean;
  readonly content: PageDescription;
}

export function stepsTo({ local, remote, pendingLocal, pendingRemote }: Current): Step[] {
  const pairs = [
    [local && { out: true, content: local }, remote && { out: false, content: remote }],
    [pendingLocal && { out: true, content: pendingLocal }, pendingRemote && { out: false, content: pendingRemote }],
  ];
  return pairs.flatMap((pair) =>
    pair
      .filter((one) => one !== undefined)
      .filter(({ content }) => content.type !== 'rollback')
      .sort((a, b) => Number(b.content.type === 'offer') - Number(a.content.type === 'offer')),
  );
}
