import { expect, it } from 'vitest';
import { tellingHeaders } from '../../src/protocols/telling-headers.ts';

it('keeps what an exchange is judged by, and no credentials', () => {
  const told = { location: '/r/1', etag: '"a"', 'accept-post': 'application/sdp' };
  expect(tellingHeaders({ ...told, authorization: 'Bearer x', cookie: 'y' })).toEqual(told);
});
