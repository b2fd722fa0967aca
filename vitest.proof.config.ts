import { defineConfig } from 'vitest/config';

/** What takes longer than anybody waits for a test: whole fortnights and kills at random moments. */
export default defineConfig({
  test: { include: ['test/proof/**/*.proof.ts'], testTimeout: 3_600_000, hookTimeout: 600_000, pool: 'forks', maxWorkers: 1 },
});
