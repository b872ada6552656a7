import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { settingsFolder, stateFolder } from '../../src/cli/folders.ts';
import { tmuxClipboard, viewerOf } from '../../src/cli/viewers.ts';

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
