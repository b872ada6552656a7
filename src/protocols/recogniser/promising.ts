/** Whether it is worth while to take a text apart: most of what HTTP carries holds nothing, and looking into it takes time. */

/** What descriptions, candidates and ICE parameters have in them, plain, in JSON, in forms, in XML. */
const WORDS = [
  ...['v=0', 'v%3D0', 'v%3d0', 'v\\u003d0', 'v\\u003D0'],
  ...['andidate', 'ufrag', 'Ufrag', 'nameFragment', 'jingle', '"Buffer"'],
];
/** How their base64 begins: see `promisingBase64`. */
const PACKED = /(?:dj0|ey[JA]|ew[o0]|W3|WyJ|Y2Fu|YT1|H4sI|e[JNF]|InY9|Cnt)[\w+/=%\s-]{16}/;

/** Never false of a text in which `recognise` finds a description, a candidate or ICE parameters. A millisecond for a megabyte. */
export const isPromising = (text: string): boolean => WORDS.some((word) => text.includes(word)) || PACKED.test(text);
