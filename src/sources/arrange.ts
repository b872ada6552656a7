/** What makes a section of a call another one: what is sent on it, its direction, its codecs, its end. */
import type { PeerConnection } from '../engines/engine.ts';
import type { Arrangement } from './peer-options.ts';
import { newestSection, nextDirection } from './refusal.ts';

/** Without a mid the newest section that sends is meant. Throws what the engine throws. */
export function arrange(engine: PeerConnection, action: Arrangement): void {
  switch (action.do) {
    case 'add':
      engine.add(action.media, action);
      break;
    case 'prefer':
      engine.prefer(action.media, action.codecs, action.mid);
      break;
    case 'stop':
      engine.stop(action.mid ?? newestSection(engine.transceivers())?.mid ?? undefined);
      break;
    case 'direction': {
      const { mid, direction } = action;
      const known = mid !== undefined && direction !== undefined;
      const sections = known ? [] : engine.transceivers();
      const one = mid === undefined ? newestSection(sections) : sections.find((section) => section.mid === mid);
      if (known) engine.setDirection(mid, direction);
      else if (one?.mid) engine.setDirection(one.mid, direction ?? nextDirection(one));
    }
  }
}
