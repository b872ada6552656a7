/** How to start a browser that listens, as commands to copy. Pure. */

export interface Machine {
  readonly platform: NodeJS.Platform;
  /** Names or paths of the browsers that are installed, the best first. */
  readonly chromium: string | undefined;
  readonly firefox: string | undefined;
}

/** For whoever asked for a browser at `host` and found none. Several lines. */
export function howToStart(host: string, { platform, chromium, firefox }: Machine): string {
  const { hostname, port } = new URL(`http://${host}`);
  const at = port === '' ? '80' : port;
  const lines = [
    'Chrome listens only if it is started like this, with a profile of its own: since version 136 it takes no debugger on',
    'the usual one, and where it runs already with that profile, another start just opens a window there.',
    `  ${chromeCommand(platform, chromium, at)}`,
    `  ${firefoxCommand(platform, firefox, at)}`,
    'Or let renego start one: renego attach --launch <url>',
  ];
  if (!/^(?:localhost|127\..*|\[::1\])$/.test(hostname)) {
    lines.push(`Browsers listen on their own machine only: forward the port, ssh -L ${at}:127.0.0.1:${at} ${hostname}`);
  }
  return lines.join('\n');
}

function chromeCommand(platform: NodeJS.Platform, found: string | undefined, port: string): string {
  const listen = `--remote-debugging-port=${port} --user-data-dir=`;
  if (platform === 'darwin') return `open -na "${macName(found)}" --args ${listen}/tmp/renego-chrome`;
  if (platform === 'win32') return `cmd /c start ${windowsName(found)} ${listen}%TEMP%\\renego-chrome`;
  return `${found ?? 'google-chrome'} ${listen}/tmp/renego-chrome`;
}

/** It makes no folder for its profile. */
function firefoxCommand(platform: NodeJS.Platform, found: string | undefined, port: string): string {
  const listen = `--remote-debugging-port=${port} --no-remote --profile `;
  if (platform === 'win32') return `cmd /c "md %TEMP%\\renego-firefox & start firefox ${listen}%TEMP%\\renego-firefox"`;
  const start = platform === 'darwin' ? 'open -na Firefox --args' : (found ?? 'firefox');
  return `mkdir -p /tmp/renego-firefox && ${start} ${listen}/tmp/renego-firefox`;
}

const macName = (path: string | undefined): string => /([^/]+)\.app\//.exec(path ?? '')?.[1] ?? 'Google Chrome';
const windowsName = (path: string | undefined): string => (/msedge/i.test(path ?? '') ? 'msedge' : 'chrome');
