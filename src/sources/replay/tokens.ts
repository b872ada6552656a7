/** Values in texts that may be ids of somebody's: of any length they would be more than a regular expression's stack holds. */
export const TOKENS = /[\w.~-]{6,65536}/g;
