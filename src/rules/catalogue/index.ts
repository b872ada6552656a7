/** Every rule, in the order of the table in the README. A new rule is one file and one line here. */
import type { Rule } from '../rule.ts';
import { midDuplicate } from './mid-duplicate.ts';

export const catalogue: readonly Rule[] = [midDuplicate];
