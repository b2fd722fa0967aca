import { defineConfig } from 'vitest/config';

const BROWSER = ['test/browser/**/*.test.ts'];

export default defineConfig({
  test: {
    // CDK's own validation of a template takes five seconds each time; `test/infra/rules/real-stack.test.ts` asks for it, once.
    env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true', CDK_VALIDATION: 'false' },
    testTimeout: 30_000,
    hookTimeout: 60_000,
    pool: 'forks',
    projects: [
      { extends: true, test: { name: 'node', include: ['test/**/*.test.ts'], exclude: BROWSER, maxWorkers: 2 } },
      {
        extends: true,
        // One local cloud, one browser and one product clock for all of them, one file after the other.
        test: {
          name: 'browser',
          include: BROWSER,
          testTimeout: 150_000,
          hookTimeout: 150_000,
          globalSetup: ['test/browser/global-setup.ts'],
          maxWorkers: 1,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
