import { defineConfig } from 'vitest/config';
import { BROWSER_TESTS, browserProject, E2E_TESTS, tags, TESTS_APART } from './vitest.projects.ts';

export default defineConfig({
  test: {
    // CDK's own validation of a template takes five seconds each time; `test/infra/rules/real-stack.test.ts` asks for it, once.
    env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true', CDK_VALIDATION: 'false' },
    testTimeout: 30_000,
    hookTimeout: 60_000,
    pool: 'forks',
    tags,
    projects: [
      // Not isolated: CDK, the AWS SDK and zod are loaded once a worker instead of once a file, which halves what these tests cost.
      {
        extends: true,
        test: { name: 'node', include: ['test/**/*.test.ts'], exclude: [...BROWSER_TESTS, ...E2E_TESTS, ...TESTS_APART], maxWorkers: 2, isolate: false },
      },
      { extends: true, test: { name: 'apart', include: TESTS_APART, maxWorkers: 2 } },
      // Each starts the whole product, and most of what it does is wait: `npm test` runs them beside those in the browser.
      { extends: true, test: { name: 'e2e', include: E2E_TESTS, maxWorkers: 1, sequence: { groupOrder: 2 } } },
      browserProject,
    ],
  },
});
