/** Which connection of the recording a client of today takes the place of. */

import { pathOf } from '../origin-form.ts';
import type { Lane, Script, Step } from './script.ts';

export interface Places {
  /** For a new connection: the next that nobody has, one of the same path before others. */
  take(kind: 'socket' | 'polling' | 'events', url: string): Lane | undefined;
  /** For a request: the connection that has such a request; several clients that do are taken in turn. */
  ofRequest(method: string, url: string): Lane | undefined;
  /** Whether a request begins on that connection, which nobody had. */
  begin(lane: Lane): boolean;
  /** The response of the recording that comes nearest to one for a request that it does not have. */
  likeness(method: string, url: string): Step | undefined;
}

export function createPlaces({ lanes, steps }: Script): Places {
  const free = new Set(lanes);
  const paths = new Map<Lane, Set<string>>();
  for (const lane of lanes) paths.set(lane, new Set());
  const byKey = new Map(lanes.map((lane) => [lane.key, lane]));
  const http = lanes.filter(({ carrier }) => carrier === 'http');
  /** Places of responses that accept and describe nothing: the first of a method and path, and the first without a body. */
  const accepting = new Map<string, number>();
  let place = 0;
  if (http.length > 0)
    for (const step of steps) {
      const lane = byKey.get(step.lane);
      const word = step.http && `${step.http.method} ${pathOf(step.http.url)}`;
      if (lane && word !== undefined) paths.get(lane)?.add(word);
      if (word !== undefined && isAccepting(step))
        for (const one of [word, ...(step.raw === '' ? [step.http?.method ?? ''] : [])])
          if (!accepting.has(one)) accepting.set(one, place);
      place += 1;
    }

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
    likeness(method, url) {
      const known = [method, `${method} ${pathOf(url)}`].flatMap((word) => accepting.get(word) ?? []);
      return known.length === 0 ? undefined : steps.at(Math.min(...known));
    },
  };
}

const isAccepting = ({ http, signals }: Step): boolean =>
  http?.status !== undefined && http.status < 300 && !signals.some((signal) => 'sdp' in signal);
