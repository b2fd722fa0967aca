/** The simulated shop passes, and a run leaves nothing in the books of its real orders. */
import { afterEach, describe, expect, it } from 'vitest';
import { reportOf, runChecks } from '../../../../infra/local/conformance/run-checks.ts';
import { openRetailer, type Retailer } from '../../../../retailer-sim/retailer.ts';
import { readSimulation } from '../../../../retailer-sim/simulation.ts';
import { conformanceChecks, isPassed } from '../../../../shared/retailer/conformance.ts';
import { instantOf } from '../../../../shared/values.ts';
import { openWorld, steady, type World } from '../../../retailer-sim/world.ts';

describe('our own shop', () => {
  let world: World | undefined;
  let shop: Retailer | undefined;
  afterEach(async () => {
    await shop?.close();
    world?.close();
  });

  const run = async (faults: readonly string[] = []) => {
    const opened = await openWorld(steady, faults);
    world = opened;
    const ready = opened.conductor.ready();
    shop = await openRetailer(readSimulation(opened.simulationPath, 'rt_frischhof'));
    await ready;
    const { shopUrl, conductor, simulation } = opened;
    const secret = simulation.retailers[0]?.secretToRetailer ?? '';
    const report = reportOf(await runChecks({ webhookUrl: `${shopUrl}/webhooks`, apiUrl: shopUrl, secrets: [secret], now: () => instantOf(conductor.now) }));
    return { report, world: opened };
  };

  it('passes every check', async () => {
    const { report, world } = await run();
    expect(report.findings.filter(({ passed }) => !passed)).toEqual([]);
    expect(report.findings.map(({ check }) => check)).toEqual(conformanceChecks);
    expect(isPassed(report)).toBe(true);
    expect(world.entries().filter(({ kind }) => kind !== 'message-made' && kind !== 'message-taken')).toEqual([]);
  });

  it('passes whatever mishaps are switched on: tests are not what goes wrong', async () => {
    const { report, world } = await run(['shop-slow', 'shop-out-of-stock', 'shop-answered-early', 'shop-answered-late']);
    expect(report.findings.filter(({ passed }) => !passed)).toEqual([]);
    expect(world.faults().filter(({ fault }) => fault !== 'shop-out-of-stock')).toEqual([]);
  });
});
