/** From ink's idea of a key to the names the keymap uses. */
import type { Key } from 'ink';

const NAMED: readonly (readonly [keyof Key, string])[] = [
  ['upArrow', 'up'],
  ['downArrow', 'down'],
  ['leftArrow', 'left'],
  ['rightArrow', 'right'],
  ['pageUp', 'pageup'],
  ['pageDown', 'pagedown'],
  ['home', 'home'],
  ['end', 'end'],
  ['return', 'return'],
  ['escape', 'escape'],
  ['backspace', 'backspace'],
  ['delete', 'delete'],
];

/**
 * The keys of one input event. Keys typed fast, and text pasted into a terminal that does not tell, come as one string: every character is a key, letters with
 * Ctrl too. Other control characters are no keys.
 */
export function keyNames(input: string, key: Key): string[] {
  if (key.tab) return [key.shift ? 'shift+tab' : 'tab'];
  const named = NAMED.find(([flag]) => key[flag]);
  // Esc and another key within a few milliseconds look like Alt and that key, which no binding uses.
  if (named !== undefined) return named[1] === 'escape' && key.meta ? ['escape', 'escape'] : [named[1]];
  if (key.ctrl) return input.length === 1 ? [`ctrl+${input}`] : [];
  if (key.meta) return ['escape', ...[...input].flatMap(characterName)];
  return [...input].flatMap(characterName);
}

function characterName(character: string): string[] {
  if (character === ' ') return ['space'];
  if (character === '\r' || character === '\n') return ['return'];
  if (character === '\t') return ['tab'];
  if (character >= '\u0001' && character <= '\u001a')
    return [`ctrl+${String.fromCharCode(character.charCodeAt(0) + 96)}`];
  return /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u.test(character) ? [] : [character];
}
