/** The parts of a HAR entry (HAR 1.2). */

/** Begun at a time (milliseconds since 1970), and how long it took. */
export const entryOf = (at: number, took: number): object => ({
  startedDateTime: new Date(at).toISOString(),
  time: took,
  cache: {},
  timings: { send: 0, wait: took, receive: 0 },
});

const list = (headers: Readonly<Record<string, string>>): object[] =>
  Object.entries(headers).map(([name, value]) => ({ name, value }));

export function request(
  method: string,
  url: string,
  headers: Readonly<Record<string, string>>,
  body: string | undefined,
): object {
  const post =
    body === undefined || body === '' ? {} : { postData: { mimeType: headers['content-type'] ?? '', text: body } };
  return {
    ...{ method, url, httpVersion: 'HTTP/1.1', cookies: [], headers: list(headers), queryString: [] },
    ...post,
    ...{ headersSize: -1, bodySize: body?.length ?? 0 },
  };
}

export function response(status: number, headers: Readonly<Record<string, string>>, body: string): object {
  return {
    ...{ status, statusText: '', httpVersion: 'HTTP/1.1', cookies: [], headers: list(headers), redirectURL: '' },
    content: { size: body.length, mimeType: headers['content-type'] ?? '', text: body },
    ...{ headersSize: -1, bodySize: body.length },
  };
}
