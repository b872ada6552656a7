/** The library, bundled, in a page of a real Chromium: it parses and judges what that Chromium says. */
import { chromium } from 'playwright-core';
import { expect, test } from 'vitest';
import { bundleLibrary } from '../helpers/bundle.ts';
import { requirePart, withParts } from './parts.ts';

type Library = typeof import('../../src/index.ts');

withParts(['chromium'], 'the library in a page', () => {
  test('parses an offer of the browser around it, and finds what the browser refuses in a broken one', async () => {
    const browser = await chromium.launch({ executablePath: requirePart('chromium'), args: ['--no-sandbox'] });
    try {
      const page = await browser.newPage();
      await page.addScriptTag({ content: (await bundleLibrary('renego')).code });
      const { kinds, healthy, broken, refusal } = await page.evaluate(async () => {
        const { renego } = window as unknown as { renego: Library };
        const pc = new RTCPeerConnection();
        pc.addTransceiver('audio');
        pc.createDataChannel('x');
        const { sdp = '' } = await pc.createOffer();
        const judged = (text: string) =>
          renego.check(renego.readSession(text).events).filter(({ severity }) => severity === 'error');
        const damaged = sdp.replace(/a=mid:1/, 'a=mid:0');
        const other = new RTCPeerConnection();
        const refusal = await other.setRemoteDescription({ type: 'offer', sdp: damaged }).then(
          () => 'taken',
          (error: DOMException) => `${error.name}: ${error.message}`,
        );
        const [finding] = judged(damaged);
        return {
          kinds: renego.parseSdp(sdp).media.map(({ kind }) => kind),
          healthy: judged(sdp).map(({ message }) => message),
          broken: finding?.refusedBy.chrome,
          refusal,
        };
      });
      expect(kinds).toEqual(['audio', 'application']);
      expect(healthy).toEqual([]);
      expect(broken).toBe(refusal.trimEnd());
    } finally {
      await browser.close();
    }
  });
});
