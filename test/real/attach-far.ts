/** The far side of the watched application, in the test's own process. */
import type { App } from './attach-app.ts';

export interface FarSide {
  readonly far: RTCPeerConnection;
  /** Sends what is set. */
  tell(): void;
  /** Answers the next offer. */
  answer(): Promise<void>;
  /** Refuses nothing, but answers the next offer without its data section. */
  answerBadly(): Promise<void>;
  close(): void;
}

export async function createFarSide(app: App): Promise<FarSide> {
  const { default: wrtc } = (await import('@roamhq/wrtc')) as unknown as { default: typeof globalThis };
  const far = new wrtc.RTCPeerConnection();
  app.candidates((candidate) => void far.addIceCandidate(candidate).catch(() => {}));
  far.onicecandidate = ({ candidate }) => app.say({ candidate: candidate && { ...candidate.toJSON() } });
  const take = async () => far.setRemoteDescription((await app.description('offer')) as RTCSessionDescriptionInit);
  const tell = () => {
    const { type, sdp } = far.localDescription ?? { type: '', sdp: '' };
    app.say({ description: { type, sdp } });
  };
  return {
    far,
    tell,
    async answer() {
      await take();
      await far.setLocalDescription(await far.createAnswer());
      tell();
    },
    async answerBadly() {
      await take();
      const { sdp = '' } = await far.createAnswer();
      const cut = sdp.slice(0, sdp.indexOf('m=application')).replace('BUNDLE 0 1', 'BUNDLE 0');
      app.say({ description: { type: 'answer', sdp: cut } });
    },
    close: () => far.close(),
  };
}
