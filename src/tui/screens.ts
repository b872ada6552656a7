/** The tabs of the detail pane. One file each; adding one is adding it here. */
import { agreementTab } from './rows/agreement.ts';
import { changesTab } from './rows/changes.ts';
import { diffTab } from './rows/diff.ts';
import { findingsTab } from './rows/findings.ts';
import { rawTab } from './rows/raw.ts';
import { sdpTab } from './rows/sdp.ts';
import { stateTab } from './rows/state.ts';
import type { Tab } from './rows/tab.ts';
import { timingTab } from './rows/timing.ts';

export const TABS: readonly Tab[] = [
  changesTab,
  agreementTab,
  sdpTab,
  rawTab,
  findingsTab,
  stateTab,
  diffTab,
  timingTab,
];
