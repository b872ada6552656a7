/** A page that is answered by Server-Sent Events: recorded in front of its server, and played to both. */
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { launch, openPage } from './foreign.ts';
import { withParts } from './parts.ts';
import { createReplaying } from './replaying.ts';

/** Offers by POST, hears the answer and the far side's candidates as events. */
const PAGE = `
  const pc = new RTCPeerConnection();
  const call = (base) => new Promise((resolve, reject) => {
    const post = (message) => fetch(base + 'say', { method: 'POST', body: JSON.stringify(message) });
    const events = new EventSource(base + 'events');
    events.onerror = () => reject(new Error('the stream of events is gone'));
    events.onopen = async () => {
      for (const track of sound().getTracks()) pc.addTrack(track);
      await pc.setLocalDescription();
      await post({ type: 'offer', sdp: pc.localDescription.sdp });
    };
    events.onmessage = async ({ data }) => {
      const message = JSON.parse(data);
      if (message.type === 'candidate') {
        await pc.addIceCandidate(message.candidate);
        return;
      }
      // The server of a recording that ends here may be gone before it is set.
      events.onerror = null;
      await pc.setRemoteDescription(message);
      resolve(pc.signalingState);
    };
  });`;

withParts(['chromium'], 'a page that is answered by events', () => {
  const on = createReplaying();
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch();
  });
  afterEach(() => on.close());
  afterAll(async () => {
    await browser?.close();
    on.remove();
  });

  test('goes through again, and so does its server', async () => {
    const far = await openPage(browser);
    on.after(() => far.close());
    let stream: ServerResponse | undefined;
    const server = createServer(async (request, response) => {
      let body = '';
      for await (const piece of request) body += String(piece);
      response.setHeader('Access-Control-Allow-Origin', '*');
      if (request.url === '/events') {
        stream = response;
        response.writeHead(200, { 'Content-Type': 'text/event-stream' }).flushHeaders();
        return;
      }
      response.writeHead(204).end();
      const told = await far.evaluate(`(async () => {
        const pc = new RTCPeerConnection();
        const candidates = [];
        pc.onicecandidate = ({ candidate }) => candidate && candidates.push({ type: 'candidate', candidate });
        await pc.setRemoteDescription(${body});
        await pc.setLocalDescription();
        while (pc.iceGatheringState !== 'complete') await new Promise((next) => { pc.onicegatheringstatechange = next; });
        return [{ type: 'answer', sdp: pc.localDescription.sdp }, ...candidates].map((one) => JSON.stringify(one));
      })()`);
      for (const one of told as string[]) stream?.write(`data: ${one}\n\n`);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    on.after(() => server.close());
    on.after(() => server.closeAllConnections());
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    const path = on.file('events.ndjson');
    const proxy = await on.proxy(url, path);

    const called = async (base: string): Promise<unknown> => {
      const page = await openPage(browser, PAGE);
      const state = await page.evaluate(`call(${JSON.stringify(base)})`);
      await page.close();
      return state;
    };
    expect(await called(proxy.app)).toBe('stable');
    await proxy.stop();

    await on.replayed(path, url);
    await on.replayedTo(path, async (base) => expect(await called(base)).toBe('stable'));
  });
});
