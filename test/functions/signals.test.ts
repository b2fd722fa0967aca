/** Signals over the real store: put down by staff, and found to concern a household by what it has at home. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { handler as journeyApi } from '../../functions/journey-api.ts';
import { keys, kinds } from '../../functions/runtime/aggregates.ts';
import { concernsOfHome } from '../../functions/runtime/signals.ts';
import { load } from '../../functions/runtime/store.ts';
import { addDuration, duration } from '../../shared/values.ts';
import { openWorld, type World } from './harness.ts';
import { agentClaims, memberClaims, send } from './http-call.ts';
import { anna, frischhof, furnish, householdId, milkGtin, milkNow } from './kitchen.ts';

let world: World;
const put = (body: unknown, claims: Record<string, string> = agentClaims) => send(journeyApi, { method: 'POST', path: '/console/signals', claims, body });
const cheap = () => ({
  ...{ signalId: 'cheap-milk', at: world.now, kind: 'cheap-window', gtin: milkGtin, retailerId: frischhof },
  ...{ until: addDuration(world.now, duration(2, 'days')), unitMinor: 89, usualMinor: 119 },
});

beforeAll(async () => {
  world = await openWorld();
  await furnish();
});
afterAll(() => world.close());

describe('a signal', () => {
  it('is put down once, concerns whoever has it at home, and nobody once it is over', async () => {
    expect((await put(cheap())).status).toBe(200);
    expect((await put(cheap())).body).toMatchObject({ signals: [{ signalId: 'cheap-milk' }] });
    expect((await load(kinds.signal, keys.signal('cheap-milk')))?.version).toBe(1);
    const { state: milk } = await milkNow();
    expect(await concernsOfHome(householdId, [milk], world.now)).toMatchObject([
      { signalId: 'cheap-milk', supplyId: milk.supplyId, reason: { code: 'signal-cheap', figures: { percent: 25 } } },
    ]);
    expect(await concernsOfHome(householdId, [milk], addDuration(world.now, duration(3, 'days')))).toEqual([]);
  });

  it('is staff’s to put down, and refused where it says nothing', async () => {
    expect((await put(cheap(), memberClaims(anna))).status).toBe(403);
    expect((await put({ ...cheap(), kind: 'rumour' })).status).toBe(400);
  });
});
