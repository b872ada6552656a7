/** ICE servers in Link headers (RFC 9725, section 4.5). */
import type { IceServerInfo } from '../protocol.ts';

/** Servers of all links with rel="ice-server"; several Link headers come joined by commas. */
export function readLinks(header = ''): IceServerInfo[] {
  const links = header.slice(0, MAX).matchAll(/<([^<>]*)>((?:\s*;\s*[\w-]+\s*=\s*(?:"(?:[^"\\]|\\.)*"|[^\s;,"]*))*)/g);
  return [...links].flatMap(([, url = '', text = '']): IceServerInfo[] => {
    const parameters = new Map(
      [...text.matchAll(/;\s*([\w-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;,"]*))/g)].map(([, name, quoted, plain]) => {
        return [(name ?? '').toLowerCase(), quoted?.replace(/\\(.)/g, '$1') ?? plain ?? ''] as const;
      }),
    );
    if (parameters.get('rel')?.toLowerCase() !== 'ice-server') return [];
    const [username, credential] = [parameters.get('username'), parameters.get('credential')];
    return [
      { urls: url, ...(username !== undefined && { username }), ...(credential !== undefined && { credential }) },
    ];
  });
}

const MAX = 10_000;
