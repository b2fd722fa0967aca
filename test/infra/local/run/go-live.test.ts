/** The simulated shops of a run go live by the run that every shop has to pass, and a run with one that does not says so. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { goLive } from '../../../../infra/local/run/go-live.ts';
import { openRetailer, type Retailer } from '../../../../retailer-sim/retailer.ts';
import { readSimulation } from '../../../../retailer-sim/simulation.ts';
import { conformanceReportSchema, isPassed } from '../../../../shared/retailer/conformance.ts';
import { openWorld, steady, type World } from '../../../retailer-sim/world.ts';

let world: World;
let shop: Retailer;
let clockFile: string;
const told: { path: string; body: unknown }[] = [];
const operator = {
  put: (to: string, body: unknown) => {
    told.push({ path: to, body });
    return Promise.resolve({});
  },
};
beforeEach(async () => {
  told.length = 0;
  world = await openWorld(steady, ['shop-down', 'shop-slow']);
  clockFile = path.join(world.directory, 'clock.json');
  writeFileSync(clockFile, JSON.stringify({ reachedBy: new Date(world.conductor.now).toISOString() }));
});
afterEach(async () => {
  await shop.close();
  world.close();
});
const start = async () => (shop = await openRetailer(readSimulation(world.simulationPath, 'rt_frischhof')));
const shopWith = (secretToRetailer = world.simulation.retailers[0]?.secretToRetailer ?? '') => ({
  retailerId: 'rt_frischhof',
  url: world.shopUrl,
  secretToRetailer,
});

describe('a simulated shop', () => {
  it('is waited for, passes, and is let live by what was found', async () => {
    const live = goLive(operator, shopWith(), clockFile);
    await start();
    await live;
    expect(told.map(({ path: to }) => to)).toEqual(['/retailers/rt_frischhof/conformance']);
    const report = conformanceReportSchema.parse(told[0]?.body);
    expect([isPassed(report), report.webhookUrl, report.apiUrl]).toEqual([true, `${world.shopUrl}/webhooks`, world.shopUrl]);
  });

  it('that cannot be asked with our key is not let live', async () => {
    await start();
    const wrong = `whsec_${Buffer.alloc(32, 9).toString('base64')}`;
    const short = { ...shopWith(wrong), opensWithinMillis: 300 };
    await expect(goLive(operator, short, clockFile)).rejects.toThrow('rt_frischhof does not open; see its log');
    expect(told).toEqual([]);
  });
});
