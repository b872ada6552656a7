import { defineConfig } from 'vitest/config';

/** `unit` runs on bare Node in seconds; `real` needs a build, and skips with a reason where a real part is missing. */
export default defineConfig({
  test: {
    projects: [
      {
        // React's production build, which the program runs with, lacks what development JSX calls.
        oxc: { jsx: { development: false } },
        test: {
          name: 'unit',
          root: import.meta.dirname,
          include: ['**/*.test.{ts,tsx}'],
          exclude: ['real/**', '.tmp/**', 'servers/**'],
          env: { NODE_ENV: 'production', CI: 'false' },
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'real',
          root: import.meta.dirname,
          include: ['real/**/*.test.ts'],
          fileParallelism: false,
          // The WebRTC stack crashes now and then in its own native code. A second try is printed as such.
          retry: 1,
          testTimeout: 180_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
});
