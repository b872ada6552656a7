/** The servers of RTCMultiConnection and EasyRTC, on Socket.IO 4. */
import { type Site, type SocketServer, servers, site } from './socket-io.ts';

interface EasyRtcServer {
  setOption(name: string, value: unknown): void;
  listen(app: unknown, io: SocketServer, options: null, ready: (error: unknown) => void): void;
}
interface RtcMultiConnectionServer {
  addSocket(socket: unknown, config: object): void;
}

/** Puts the server of a framework on Socket.IO. */
export type Attach = (io: SocketServer) => unknown;

export const rtcMultiConnection: Attach = (io) => {
  const { addSocket } = servers('rtcmulticonnection-server') as RtcMultiConnectionServer;
  io.on('connection', (socket) => addSocket(socket, {}));
};

export const easyRtc: Attach = (io) => {
  const easyrtc = servers('open-easyrtc') as EasyRtcServer;
  easyrtc.setOption('logLevel', 'none');
  easyrtc.setOption('appIceServers', []);
  // Where it puts the pages of its demos.
  const app = { get() {} };
  return new Promise<void>((resolve, reject) => {
    easyrtc.listen(app, io, null, (error) => (error ? reject(error) : resolve()));
  });
};

/** Such a server, with a page and the scripts of it. */
export async function framework(
  attach: Attach,
  html = '',
  scripts: Readonly<Record<string, string>> = {},
): Promise<Site> {
  let attached: unknown;
  const served = await site(html, scripts, (server) => {
    const { Server } = servers('socket.io') as { Server: new (server: unknown) => SocketServer };
    const io = new Server(server);
    attached = attach(io);
    return io;
  });
  await attached;
  return served;
}
