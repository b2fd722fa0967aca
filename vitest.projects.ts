/** What `npm test` and `npm run proof` share: how the tests in a browser are run, and which wait for the longer of the two. */
import type { TestProjectInlineConfiguration } from 'vitest/config';

export const BROWSER_TESTS = ['test/browser/**/*.test.ts'];
export const E2E_TESTS = ['test/e2e/**/*.test.ts'];

/** They replace what the SDK's classes do, for the whole process: each has a process of its own. */
export const TESTS_APART = ['test/functions/runtime/throttled-*.test.ts', 'test/functions/publish-events.test.ts'];

/** One local cloud, one browser and one product clock for all of them, one file after the other. */
export const browserProject = {
  extends: true,
  test: {
    name: 'browser',
    include: BROWSER_TESTS,
    testTimeout: 150_000,
    hookTimeout: 150_000,
    globalSetup: ['test/browser/global-setup.ts'],
    maxWorkers: 1,
    sequence: { groupOrder: 1 },
  },
} satisfies TestProjectInlineConfiguration;

export const tags = [{ name: 'long', description: 'Looks again, from another side, at what a shorter test proves: npm run proof' }];
