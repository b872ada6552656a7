/** Words of signaling itself: never taken for somebody's name or secret, wherever they stand. */

const WORDS = `a b action add all answer answerer app audio base64 bye call callee caller candidate candidates chat client
close command connect connection data default description end error event false from hangup host http https id init
inactive ice janus join kind leave list local message method mid name new none null number object offer offerer open other
params password payload peer ping pong presence private publish publisher recvonly relay remote renego rollback room
request response send sender sendonly sendrecv server session sfu signal srflx state sdp string subscribe subscriber
success target tcp test text time to token true type udp undefined unknown update url user username users value version
video webrtc websocket`;

const VOCABULARY: ReadonlySet<string> = new Set(WORDS.split(/\s+/));

/** Whether a word says nothing about anybody; so do numbers, and words with a number behind (`app-2`, `peer 1`). */
export function isVocabulary(word: string): boolean {
  const bare = word.toLowerCase().replace(/[-_ #/]?\d*$/, '');
  return bare === '' || VOCABULARY.has(bare);
}
