/** The page the embedded server serves, whole in one document, and the policy that lets nothing else run in it. */
import { createHash } from 'node:crypto';
import { PAGE_SCRIPT } from './page-script.ts';

const STYLE = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { max-width: 46rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.3rem; }
button { font: inherit; margin: 0 .4rem .4rem 0; padding: .2rem .7rem; }
#state { font-weight: 600; }
#log { list-style: none; padding: 0; font: .85rem/1.5 ui-monospace, monospace; }
video { width: 160px; height: 120px; margin: 0 .4rem .4rem 0; background: #888; }
`;

const hash = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** Content-Security-Policy for the page. */
export const PAGE_POLICY = [
  "default-src 'none'",
  `script-src ${hash(PAGE_SCRIPT)}`,
  `style-src ${hash(STYLE)}`,
  "connect-src 'self' ws: wss:",
  'img-src data:',
  'media-src blob: mediastream:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** The page. `spoken` is what the server speaks, where it is one protocol alone. */
export const pageFor = (spoken: string): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>renego</title>
<link rel="icon" href="data:,">
<style>${STYLE}</style>
</head>
<body data-spoken="${spoken}">
<h1>renego: a peer in your browser</h1>
<p>You are <strong id="me"></strong>. <span id="state" role="status"></span></p>
<p id="users">joining</p>
<p>
<button id="video">add video</button><button id="audio">add audio</button><button id="data">add data</button>
<button id="restart">restart ICE</button><button id="hangup">hang up</button>
</p>
<div id="media"></div>
<ul id="log" aria-label="Log"></ul>
<script>${PAGE_SCRIPT}</script>
</body>
</html>
`;
