/** The text of Firefox's page about:webrtc: per peer connection the local and remote descriptions with their times. */
import { typeByContent } from '../protocols/recogniser/judge.ts';
import { type Importer, readWhole, startOf } from './importer.ts';
import { draftsOfTrace, type TraceEntry } from './trace.ts';

const EXAMPLE = `PeerConnection ID:{f40ac343-313b-4e67-8db3-147896ea9ad5} 1795247344551690 (id=15032385537 url=http://127.0.0.1/call)
SDP
Local SDP
Timestamp 1795247344668 (+ 0 ms)
v=0
o=mozilla...THIS_IS_SDPARTA-99.0 943374844508726361 0 IN IP4 0.0.0.0
s=-
t=0 0

Remote SDP
`;

export const aboutWebrtc: Importer = {
  name: 'about-webrtc',
  title: 'page about:webrtc of Firefox',
  sniff: (head) => (/^\s*PeerConnection ID:/m.test(head) && /^\s*(?:Local|Remote) SDP/m.test(head) ? 0.9 : 0),
  open: readWhole((text) => {
    const entries = [...describedIn(text.split(/\r?\n/))];
    // The page lists the local descriptions first, then the remote ones.
    const sorted = entries.map((entry, i) => ({ entry, i })).sort((a, b) => a.entry.t - b.entry.t || a.i - b.i);
    const start = startOf(sorted.map(({ entry }) => entry.t));
    const drafts = draftsOfTrace(
      sorted.map(({ entry }) => entry),
      'about-webrtc',
      start.epoch,
    );
    return { header: { startedAt: start.startedAt }, drafts };
  }),
  example: EXAMPLE,
};

/** Each description that stands under a side and a time. The page does not say its type: the DTLS role does. */
function* describedIn(lines: readonly string[]): Generator<TraceEntry> {
  let [number, t, name] = [0, 0, ''];
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at]?.trim() ?? '';
    const side = /^(Local|Remote) SDP$/.exec(line)?.[1];
    const time = /^Timestamp (\d{1,16})\b/.exec(line)?.[1];
    if (line.startsWith('PeerConnection ID:')) [number, name] = [number + 1, ''];
    else if (side !== undefined) name = `set${side}Description`;
    else if (time !== undefined) t = Number(time);
    else if (line === 'v=0' && name !== '' && number > 0) {
      const start = at;
      while (/^\s*[a-z]=/.test(lines[at + 1] ?? '')) at += 1;
      const sdp = `${lines
        .slice(start, at + 1)
        .map((one) => one.trim())
        .join('\r\n')}\r\n`;
      yield { pc: String(number), t, name, value: { type: typeByContent(sdp) ?? 'offer', sdp } };
    }
  }
}
