/** What responses of WHIP and WHEP servers mean, in words. */
import type { ClientOutput, HttpResponse } from '../protocol.ts';

/** A session that is gone already is as good as one that was deleted. */
export function deleted(response: HttpResponse): readonly ClientOutput[] {
  if (response.status < 400 && response.status > 0) return [];
  if (response.status === 404 || response.status === 410) return [];
  return [{ do: 'problem', code: 'NOT_DELETED', detail: `the session was not deleted: ${meaningOf(response)}` }];
}

export const meaningOf = ({ status, error }: HttpResponse): string =>
  status === 0 ? (error ?? 'no answer') : `HTTP ${status}${MEANINGS[status] ?? ''}`;

/** Why PATCH is refused (RFC 9725, section 4.3.1). */
const MEANINGS: Readonly<Record<number, string>> = {
  404: ' (the session is gone)',
  405: ' (it takes no PATCH)',
  412: ' (the ETag is not the current one)',
  422: ' (it does not support this)',
  428: ' (it wants If-Match)',
  501: ' (it takes no PATCH)',
};
