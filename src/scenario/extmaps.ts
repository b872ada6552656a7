/** Whether header extensions kept their ids (RFC 8285 section 6: an id stays with its extension in a session). */
import { descriptionName } from '../core/label.ts';
import type { Failing } from './expectations.ts';
import type { Scene } from './scene.ts';

/** The first extension of a section whose id is not what it was; undefined if there is none. */
export function shiftedExtension({ model }: Scene): Failing | undefined {
  for (const session of model.sessions.values()) {
    const ids = new Map<string, string>();
    for (const description of session.descriptions) {
      for (const { mid, index, extensions } of description.sdp.media) {
        for (const { uri, id } of extensions) {
          const key = `${mid?.value ?? index} ${uri}`;
          const before = ids.get(key);
          if (before !== undefined && before !== id) {
            const why = `${descriptionName(description)} moves ${uri} in mid ${mid?.value ?? index} from id ${before} to ${id}.`;
            return { why, event: description.seq };
          }
          ids.set(key, id);
        }
      }
    }
  }
  return undefined;
}
