/** Thirty days in which everything goes wrong that can be made to: every promise holds, and every kind of fault has really happened. */
import { afterEach, describe, expect, it } from 'vitest';
import { faultKinds } from '../../infra/local/faults/kinds.ts';
import { Run } from '../run.ts';

/** `PROOF_SEEDS=7,8 npm run proof` tries others. */
const seeds = (process.env['PROOF_SEEDS'] ?? '1,2,3').split(',').map(Number);

describe.each(seeds)('thirty days with every fault and seed %i', (seed) => {
  let run: Run | undefined;
  afterEach(() => run?.remove());

  it('hold every promise', async () => {
    run = await Run.prepare();
    const { code, output } = await run.start(['--headless', '--days', '30', '--faults', 'all', '--seed', String(seed)]);
    const summary = await run.summary();
    process.stdout.write(`${JSON.stringify(summary)}\n`);
    expect(summary.violations).toEqual([]);
    expect(code, output).toBe(0);
    expect(faultKinds.filter((kind) => (summary.faults[kind] ?? 0) === 0)).toEqual([]);
    expect(summary.orders.deliveredByMandate).toBeGreaterThanOrEqual(10);
    expect(summary.orders.deliveredByPerson).toBeGreaterThanOrEqual(5);
  });
});
