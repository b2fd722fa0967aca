import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // CDK's own validation of a template takes five seconds each time; `test/infra/rules/real-stack.test.ts` asks for it, once.
    env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true', CDK_VALIDATION: 'false' },
    include: ['test/**/*.test.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    pool: 'forks',
    maxWorkers: 2,
  },
});
