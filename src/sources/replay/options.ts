/** What a replay is told when it is made, and what it can be asked. */
import type { Millis } from '../../core/event.ts';
import type { EventList } from '../../core/event-list.ts';
import type { LinkOptions } from '../link.ts';
import type { Source } from '../source.ts';
import type { ReplayOptions } from './machine.ts';
import type { TellOptions } from './pace.ts';
import type { ReplayReport } from './report.ts';
import type { Script, Step } from './script.ts';

export interface ReplaySourceOptions extends ReplayOptions, Pick<TellOptions, 'keeper'> {
  readonly script: Script;
  readonly target:
    | ({ readonly as: 'client' } & LinkOptions)
    | {
        readonly as: 'server';
        readonly host: string;
        readonly port: number;
        /** How long it stays at the end while nobody says anything. */
        readonly linger: Millis;
        listening(url: string): void;
      };
  /** Milliseconds since the session's start. */
  clock(): Millis;
  /** Of a user that the server challenges; undefined if nobody has told it. */
  password?(user: string): string | undefined;
  /** With `byHand`: this is said when it is let go. */
  waits?(step: Step): void;
  /** Told on the screen when everything has been played. */
  readonly closing?: string;
  /** A fresh identifier of that many letters and digits. */
  newId(length: number): string;
}

export interface Replay extends Source {
  /** What was said and heard, as events; with the times of the recorded pace, whatever that of the replay was. */
  events(): EventList;
  reports(): readonly ReplayReport[];
  /** How many messages of the script have been gone past, and which of the others were heard before their turn. */
  readonly reached: number;
  readonly early: ReadonlySet<number>;
}
