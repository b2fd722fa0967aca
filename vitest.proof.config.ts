import { defineConfig } from 'vitest/config';
import { browserProject, tags } from './vitest.projects.ts';

/** What takes longer than anybody waits for a test: whole fortnights, kills at random moments, and every test in a browser. */
export default defineConfig({
  test: {
    env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true', CDK_VALIDATION: 'false' },
    pool: 'forks',
    tags,
    projects: [
      { extends: true, test: { name: 'proof', include: ['test/proof/**/*.proof.ts'], testTimeout: 3_600_000, hookTimeout: 600_000, maxWorkers: 1 } },
      browserProject,
    ],
  },
});
