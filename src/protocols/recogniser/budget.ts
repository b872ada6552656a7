/** How much work one payload may cause, whoever made it. */

export const LIMITS = {
  /** How many packings and levels of JSON are opened inside each other. */
  depth: 24,
  /** Packings alone: text in text, bytes in text. */
  packings: 9,
  /** Values looked at. */
  nodes: 20_000,
  /** Bytes that come out of compressed data. */
  inflated: 4 * 1024 * 1024,
  /** Characters that texts packed in texts may have together, as a multiple of the payload's own, and at least. */
  growth: 8,
  text: 1024 * 1024,
} as const;

/** What is left of it. */
export interface Budget {
  nodes: number;
  inflated: number;
  /** Characters of text. */
  text: number;
  /** Something was left out. */
  spent: boolean;
}

export function createBudget(length: number): Budget {
  return {
    nodes: LIMITS.nodes,
    inflated: LIMITS.inflated,
    text: Math.max(LIMITS.text, length * LIMITS.growth),
    spent: false,
  };
}

/** Takes an amount; false if it is not there any more. */
export function take(budget: Budget, what: 'nodes' | 'inflated' | 'text', amount: number): boolean {
  budget[what] -= amount;
  if (budget[what] >= 0) return true;
  budget.spent = true;
  return false;
}
