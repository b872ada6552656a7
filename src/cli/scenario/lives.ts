/** The peers of a scenario while they are there. */
import type { Emit } from '../../sources/source.ts';
import type { Player } from './cast.ts';

export interface Lives {
  /** Lets a peer come. One that fails ends the others. */
  enter(player: Player): void;
  /** Ends all, one after the other: so goodbyes come in the same order every time. What one of them failed with. */
  leave(): Promise<{ readonly error: unknown } | undefined>;
}

/** `over` ends all of them at once. */
export function createLives(toldBy: (name: string) => Emit, over: AbortController): Lives {
  const lives: { readonly own: AbortController; readonly ended: Promise<{ error: unknown } | undefined> }[] = [];
  return {
    enter({ name, peer }) {
      const own = new AbortController();
      const ended = peer.start(toldBy(name), AbortSignal.any([own.signal, over.signal])).then(
        () => undefined,
        (error: unknown) => {
          over.abort();
          return { error };
        },
      );
      lives.push({ own, ended });
    },
    async leave() {
      let failed: { readonly error: unknown } | undefined;
      for (const { own, ended } of lives) {
        own.abort();
        const end = await ended;
        failed ??= end;
      }
      return failed;
    },
  };
}
