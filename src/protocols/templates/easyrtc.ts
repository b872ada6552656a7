import type { TemplateSource } from '../template/source.ts';
import { ANSWER, CANDIDATE, OFFER } from './example.ts';

const command = (msgType: string, msgData: unknown) => ({
  send: ['easyrtcCmd', { msgType, targetEasyrtcid: '{{to}}', ...(msgData === undefined ? {} : { msgData }) }],
  recv: ['easyrtcCmd', { msgType, senderEasyrtcid: '{{from}}', ...(msgData === undefined ? {} : { msgData }) }],
});
const roomData = (delta: unknown) => [
  'easyrtcCmd',
  { msgType: 'roomData', msgData: { roomData: { '{{inRoom}}': delta } } },
];

/** Every event is acknowledged, in both directions: the server ignores what does not ask for it. */
export const easyRtc: TemplateSource = {
  name: 'easyrtc',
  title: 'EasyRTC (open-easyrtc, Socket.IO)',
  tested: 'open-easyrtc 2.1.8: its server, its client in Chromium 156',
  carrier: 'socket.io',
  ack: [{ msgType: 'ack', msgData: {} }],
  acked: true,
  join: [
    {
      send: [
        'easyrtcAuth',
        {
          msgType: 'authenticate',
          msgData: {
            apiVersion: '1.1.1-beta',
            applicationName: '{{app}}',
            username: '{{as}}',
            roomJoin: { '{{room}}': { roomName: '{{room}}' } },
            setUserCfg: { userSettings: { sharingAudio: true, sharingVideo: true, sharingData: true } },
          },
        },
      ],
      ack: [
        {
          msgType: 'token',
          msgData: { easyrtcid: '{{self}}', roomData: { '{{inRoom}}': { clientList: { $keys: '{{peer}}' } } } },
        },
      ],
    },
  ],
  values: { app: 'default', room: 'default' },
  params: { app: 'applicationName of the page; default where it has none' },
  errors: [['easyrtcCmd', { msgType: 'error', msgData: { errorText: '{{why}}' } }]],
  messages: {
    offer: command('offer', '{{desc}}'),
    answer: command('answer', '{{desc}}'),
    candidate: command('candidate', {
      type: 'candidate',
      label: '{{index?}}',
      id: '{{mid?}}',
      candidate: '{{candidate}}',
    }),
    bye: command('hangup', undefined),
    joined: { send: null, recv: roomData({ clientListDelta: { updateClient: { $keys: '{{peer}}' } } }) },
    left: { send: null, recv: roomData({ clientListDelta: { removeClient: { $keys: '{{peer}}' } } }) },
  },
  examples: [
    {
      in: [
        'easyrtcCmd',
        {
          msgType: 'roomData',
          msgData: { roomData: { default: { roomStatus: 'update', clientListDelta: { updateClient: { b2: {} } } } } },
        },
      ],
      signals: [{ type: 'presence', who: 'b2', change: 'join' }],
    },
    {
      in: ['easyrtcCmd', { senderEasyrtcid: 'b2', msgType: 'offer', msgData: OFFER }],
      signals: [{ type: 'offer', pc: 'b2+client' }],
    },
    {
      out: ['easyrtcCmd', { targetEasyrtcid: 'b2', msgType: 'answer', msgData: ANSWER }],
      signals: [{ type: 'answer', pc: 'b2+client' }],
    },
    {
      in: [
        'easyrtcCmd',
        {
          senderEasyrtcid: 'b2',
          msgType: 'candidate',
          msgData: { type: 'candidate', label: 0, id: '0', candidate: CANDIDATE },
        },
      ],
      signals: [{ type: 'candidate', mid: '0', mLine: 0 }],
    },
    { in: ['easyrtcCmd', { senderEasyrtcid: 'b2', msgType: 'hangup' }], signals: [{ type: 'bye', pc: 'b2+client' }] },
  ],
};
