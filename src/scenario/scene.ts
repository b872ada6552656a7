/** What a scenario is judged by: what has happened so far. */
import type { Model } from '../core/model.ts';
import type { Finding } from '../rules/rule.ts';

export interface Scene {
  readonly model: Model;
  readonly findings: readonly Finding[];
}
