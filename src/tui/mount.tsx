/** Puts the app on ink, which reads the keys, hands the terminal to others and restores it at the end. */
import { type Instance, render } from 'ink';
import { App, type AppProps } from './app.tsx';

export interface Terminal {
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
}

export function mount(props: AppProps, { stdin, stdout }: Terminal): Instance {
  return render(<App {...props} />, {
    stdin,
    stdout,
    interactive: true,
    alternateScreen: true,
    incrementalRendering: true,
    exitOnCtrlC: false,
    patchConsole: false,
    maxFps: 30,
  });
}
