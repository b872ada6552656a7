/** STUN and TURN servers that a signaling server hands out: whatever of them an engine can take. */
import type { IceServer } from '../engines/engine.ts';
import type { IceServerInfo } from '../protocols/protocol.ts';

const MAX_SERVERS = 16;
/** A host name or address, a port, a transport. What an engine cannot read makes it throw. */
const ADDRESS = /^(stun|turn)s?:(?:\[[0-9a-f:.]+\]|[\w.-]+)(?::\d{1,5})?(?:\?transport=(?:udp|tcp))?$/i;

/** `refused` says in sentences what was left out and why. */
export function usableIceServers(servers: readonly IceServerInfo[]): {
  readonly usable: readonly IceServer[];
  readonly refused: readonly string[];
} {
  const refused: string[] = [];
  const usable = servers.slice(0, MAX_SERVERS).flatMap(({ urls, username, credential }): IceServer[] => {
    const all = typeof urls === 'string' ? [urls] : urls;
    const good = all.filter((url) => {
      const why = fault(url, username !== undefined && credential !== undefined);
      if (why !== undefined) refused.push(why);
      return why === undefined;
    });
    if (good.length === 0) return [];
    return [
      { urls: good, ...(username !== undefined && { username }), ...(credential !== undefined && { credential }) },
    ];
  });
  if (servers.length > MAX_SERVERS) refused.push(`more than ${MAX_SERVERS} ICE servers: the others are left out`);
  return { usable, refused };
}

function fault(url: string, hasCredentials: boolean): string | undefined {
  if (url.length > 300 || !ADDRESS.test(url)) return `'${url.slice(0, 80)}' is no STUN or TURN server`;
  return /^turn/i.test(url) && !hasCredentials ? `${url} comes without user name and password` : undefined;
}
