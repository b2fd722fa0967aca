/** Fourteen days for three seeds: nothing lost, nothing doubled, nothing over a cap, and the household asked and answered. */
import { afterEach, describe, expect, it } from 'vitest';
import { Run } from '../run.ts';

describe.each([1, 2, 3])('fourteen days with seed %i', (seed) => {
  let run: Run | undefined;
  afterEach(() => run?.remove());

  it('hold every promise', async () => {
    run = await Run.prepare();
    const { code, output } = await run.start(['--headless', '--days', '14', '--seed', String(seed)]);
    const summary = await run.summary();
    process.stdout.write(`${JSON.stringify(summary)}\n`);
    expect(summary.violations).toEqual([]);
    expect(code, output).toBe(0);
    expect(summary.orders.deliveredByMandate).toBeGreaterThanOrEqual(5);
    expect(summary.orders.deliveredByPerson).toBeGreaterThanOrEqual(5);
    expect(summary.orders.declined).toBeGreaterThanOrEqual(1);
  });
});
