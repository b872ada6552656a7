/** The commands, in the order of the help. What each takes is in `specs/`; its code in `commands/` is imported only when it runs. */
import type { CommandSpec } from './command.ts';
import { attach } from './specs/attach.ts';
import { check } from './specs/check.ts';
import { completion } from './specs/completion.ts';
import { config } from './specs/config.ts';
import { connect } from './specs/connect.ts';
import { convert } from './specs/convert.ts';
import { demo } from './specs/demo.ts';
import { diff } from './specs/diff.ts';
import { explain } from './specs/explain.ts';
import { learn } from './specs/learn.ts';
import { man } from './specs/man.ts';
import { protocols } from './specs/protocols.ts';
import { proxy } from './specs/proxy.ts';
import { recordScenario } from './specs/record-scenario.ts';
import { replay } from './specs/replay.ts';
import { run } from './specs/run.ts';
import { serve } from './specs/serve.ts';
import { show } from './specs/show.ts';
import { view } from './specs/view.ts';

export const COMMANDS: readonly CommandSpec[] = [
  demo,
  connect,
  attach,
  serve,
  protocols,
  proxy,
  view,
  show,
  diff,
  check,
  explain,
  convert,
  replay,
  run,
  recordScenario,
  learn,
  config,
  completion,
  man,
];
