import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { settingsFolder, stateFolder } from '../../src/cli/folders.ts';
import { clipboardOf, throughScreen, tmuxClipboard, viewerOf } from '../../src/cli/viewers.ts';

describe('folders of the user', () => {
  const windows = { APPDATA: 'C:/me/Roaming', LOCALAPPDATA: 'C:/me/Local', HOME: '/home/me' };

  test('are those of XDG wherever they are set', () => {
    const env = { ...windows, XDG_CONFIG_HOME: '/x/config', XDG_STATE_HOME: '/x/state' };
    for (const platform of ['linux', 'darwin', 'win32'] as const)
      expect([settingsFolder(env, platform), stateFolder(env, platform)]).toEqual(['/x/config', '/x/state']);
  });

  test('are where Windows keeps them there, and elsewhere in the home', () => {
    expect([settingsFolder(windows, 'win32'), stateFolder(windows, 'win32')]).toEqual(['C:/me/Roaming', 'C:/me/Local']);
    const home = [join('/home/me', '.config'), join('/home/me', '.local', 'state')];
    expect([settingsFolder(windows, 'linux'), stateFolder(windows, 'linux')]).toEqual(home);
  });
});

describe('programs of others', () => {
  test('are named by the environment, else what the system has', () => {
    expect(viewerOf('editor', { VISUAL: 'code --wait', EDITOR: 'vi' }, 'win32')).toBe('code --wait');
    expect(viewerOf('editor', { EDITOR: 'nano' }, 'linux')).toBe('nano');
    expect([viewerOf('editor', {}, 'win32'), viewerOf('pager', {}, 'win32')]).toEqual(['notepad', 'more']);
    expect([viewerOf('editor', {}, 'linux'), viewerOf('pager', {}, 'linux')]).toEqual(['vi', 'less']);
  });

  test('no tmux is asked for where there is none', () => {
    expect(tmuxClipboard({})).toEqual({});
  });
});

describe('the clipboard of what GNU screen is in', () => {
  test('gets the text in pieces that screen passes on', () => {
    const written: string[] = [];
    const { clipboard } = clipboardOf({ STY: '1.pts' }, (text) => written.push(text));
    const text = 'v=0\r\na=ü'.repeat(200);
    clipboard?.(text);
    expect(written).toEqual([throughScreen(text)]);
    const pieces = [...throughScreen(text).matchAll(/\u001bP([\s\S]*?)\u001b\\/g)].map(([, piece]) => piece ?? '');
    expect(pieces.length).toBeGreaterThan(3);
    expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThanOrEqual(500);
    expect(pieces.join('')).toBe(`\u001b]52;c;${Buffer.from(text).toString('base64')}\u0007`);
  });

  test('is no concern elsewhere', () => {
    expect(clipboardOf({}, () => {})).toEqual({});
  });
});
