/** Which connection of the recording a client of today takes the place of. */

import { pathOf } from '../origin-form.ts';
import type { Lane, Script } from './script.ts';

export interface Places {
  /** For a new connection: the next that nobody has, one of the same path before others. */
  take(kind: 'socket' | 'polling' | 'events', url: string): Lane | undefined;
  /** For a request: the connection that has such a request; several clients that do are taken in turn. */
  ofRequest(method: string, url: string): Lane | undefined;
  /** Whether a request begins on that connection, which nobody had. */
  begin(lane: Lane): boolean;
}

export function createPlaces({ lanes, steps }: Script): Places {
  const free = new Set(lanes);
  const paths = new Map<Lane, Set<string>>();
  for (const lane of lanes) paths.set(lane, new Set());
  const byKey = new Map(lanes.map((lane) => [lane.key, lane]));
  for (const { lane: key, http } of steps) {
    const lane = byKey.get(key);
    if (lane && http) paths.get(lane)?.add(`${http.method} ${pathOf(http.url)}`);
  }
  const http = lanes.filter(({ carrier }) => carrier === 'http');

  return {
    take(kind, url) {
      const isEngine = kind === 'polling' || /[?&]EIO=\d/.test(url);
      const fitting = [...free].filter(({ carrier }) => {
        if (kind === 'events') return carrier === 'events';
        return isEngine
          ? carrier === 'engine.io' || carrier === 'polling'
          : carrier === 'websocket' || carrier === 'engine.io';
      });
      const lane = fitting.find((one) => pathOf(one.url ?? '') === pathOf(url)) ?? fitting[0];
      if (lane !== undefined) free.delete(lane);
      return lane;
    },
    ofRequest(method, url) {
      const word = `${method} ${pathOf(url)}`;
      const same = http.filter((lane) => paths.get(lane)?.has(word));
      return same.find((lane) => free.has(lane)) ?? same[0] ?? http.find((lane) => !free.has(lane)) ?? http[0];
    },
    begin: (lane) => free.delete(lane),
  };
}
