import type { Engine, EngineEvent, PeerConnection } from '../../src/engines/engine.ts';

/** An engine without a stack: every operation succeeds, no candidate ever comes. */
export const dummy: Engine = {
  name: 'dummy',
  title: 'dummy',
  load: async () => ({
    name: 'dummy',
    version: '0',
    create: (_config, emit: (event: EngineEvent) => void) => {
      let signalingState: PeerConnection['signalingState'] = 'stable';
      return {
        get signalingState() {
          return signalingState;
        },
        connectionState: 'new',
        iceConnectionState: 'new',
        localDescription: null,
        createOffer: async () => ({ type: 'offer', sdp: 'v=0\r\n' }),
        createAnswer: async () => ({ type: 'answer', sdp: 'v=0\r\n' }),
        setLocalDescription: async ({ type }) => {
          signalingState = type === 'offer' ? 'have-local-offer' : 'stable';
        },
        setRemoteDescription: async ({ type }) => {
          signalingState = type === 'offer' ? 'have-remote-offer' : 'stable';
        },
        addIceCandidate: async () => {},
        restartIce: () => {},
        add: () => queueMicrotask(() => emit({ on: 'negotiationneeded' })),
        prefer: () => {},
        stop: () => '',
        setDirection: () => {},
        transceivers: () => [],
        send: () => false,
        stats: () => Promise.reject(new Error('none')),
        close: () => {},
      } satisfies PeerConnection;
    },
  }),
};
