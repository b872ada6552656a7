/** What the examples of templates are made of. */
export const SDP = 'v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\n';
export const CANDIDATE = 'candidate:1 1 udp 2122194687 192.0.2.1 57655 typ host';
export const ICE = { candidate: CANDIDATE, sdpMid: '0', sdpMLineIndex: 0 } as const;
export const OFFER = { type: 'offer', sdp: SDP } as const;
export const ANSWER = { type: 'answer', sdp: SDP } as const;
