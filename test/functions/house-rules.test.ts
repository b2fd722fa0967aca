/** What a household says once of what may come instead: it holds for every item without a word of its own, and the shop is told with the order. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { handler as deliverWebhook } from '../../functions/deliver-webhook.ts';
import { handler as householdApi } from '../../functions/household-api.ts';
import { handler as retailerApi } from '../../functions/retailer-api.ts';
import { keys, kinds } from '../../functions/runtime/aggregates.ts';
import { change } from '../../functions/runtime/store.ts';
import { orderPlacedSchema } from '../../shared/retailer/messages.ts';
import { addDuration, duration, gtinSchema, ignored } from '../../shared/values.ts';
import { eventRecord, ofType, tell } from './harness.ts';
import { memberClaims, send } from './http-call.ts';
import { anna, frischhof, householdId, milkGtin, milkSupply } from './kitchen.ts';
import { orderedWorld, theOrder, type OrderedWorld } from './order-world.ts';
import { signedHeaders } from './shop-keys.ts';

const OAT = gtinSchema.parse('4000521006112');
const home = `/households/${householdId}`;
const claims = memberClaims(anna);

let at: OrderedWorld;
beforeEach(async () => {
  at = await orderedWorld();
});
afterEach(() => at.close());

const put = (what: string, body: object) => send(householdApi, { method: 'PUT', path: `${home}/${what}`, body, claims });
const everywhere = (rules: object) => put('preferences', { wish: 'price', shops: [], shopsMayCostMoreMinor: 0, ...rules });
const forMilk = (settings: object) =>
  change(kinds.supply, keys.supply(householdId, milkSupply), (supply) => {
    if (supply === undefined) return ignored('no milk');
    const oat = { gtin: OAT, pack: { amount: 1_000, unit: 'ml' as const } };
    return { kind: 'changed', state: { ...supply, products: [...supply.products, oat], settings: { ...supply.settings, ...settings } }, events: [] };
  });
const place = async () => tell(deliverWebhook, ...ofType(await at.world.said(), 'order.approved').map((event) => eventRecord(event)));
const placed = () => orderPlacedSchema.parse(JSON.parse(at.shop.heard[0]?.body ?? '')).data;
const packs = async () => (await theOrder()).order.quote.lineItems[0]?.quantity ?? 0;

async function offers(over: object): Promise<unknown> {
  const { world, orderId } = at;
  const data = {
    ...{ orderId, sequence: 1, questionId: 'q-1', gtin: milkGtin, quantity: await packs(), answerBefore: addDuration(world.now, duration(2, 'hours')) },
    offered: { gtin: OAT, sku: 'OAT', title: 'Oat drink', pack: { amount: 1, unit: 'l' }, unitPriceMinor: 120, tags: [], ...over },
  };
  const body = JSON.stringify({ type: 'order.substitution-offered', timestamp: world.now, data });
  await send(retailerApi, { method: 'POST', path: `/retailers/${frischhof}/messages`, headers: signedHeaders(frischhof, 'msg_q', body), body });
  const { order } = await theOrder();
  return 'substitutions' in order ? order.substitutions?.[0]?.answer?.accepted : undefined;
}

describe('a rule for everything', () => {
  it('is kept as it was said, and a no to what breaks it needs nobody', async () => {
    expect(await everywhere({ neverBrands: ['Oatopia'], dearerAtMost: { percent: 10 } })).toMatchObject({
      ...{ status: 200, body: { neverBrands: ['Oatopia'], dearerAtMost: { percent: 10 } } },
    });
    expect((await everywhere({ dearerAtMost: {} })).status).toBe(400);
    await place();
    expect(await offers({ brand: 'Oatopia' })).toBe(false);
  });

  it('gives way to what is said of the item itself', async () => {
    await everywhere({ neverBrands: ['Oatopia'], dearerAtMost: { percent: 10 } });
    await forMilk({ neverBrands: ['Milkland'], dearerAtMost: { percent: 100 } });
    await place();
    expect(await offers({ brand: 'Oatopia', unitPriceMinor: 160 })).toBeUndefined();
  });

  it('holds for what costs too much', async () => {
    await everywhere({ dearerAtMost: { percent: 10 } });
    await place();
    expect(await offers({ unitPriceMinor: 160 })).toBe(false);
  });

  it('about what nobody here eats gives way to nothing', async () => {
    await put('diet', { avoid: ['gluten'] });
    await forMilk({ ownProductsAlone: true });
    await place();
    expect(await offers({ tags: ['gluten'] })).toBe(false);
  });
});

describe('the shop', () => {
  it('may ask where nobody has ruled, up to what the household pays more', async () => {
    await everywhere({ dearerAtMost: { percent: 10 } });
    await place();
    const lineTotalMinor = (await theOrder()).order.quote.lineItems[0]?.lineTotal.amountMinor ?? 0;
    expect(placed()).toMatchObject({ substitutions: 'by-line', lines: [{ substitution: { rule: 'ask', askUpToMinor: Math.floor(lineTotalMinor / 10) } }] });
  });

  it('hears of the household’s own products that may come, without one that holds what nobody eats there', async () => {
    await forMilk({ ownProductsAlone: true });
    await place();
    expect(placed()).toMatchObject({ lines: [{ substitution: { rule: 'allowed', gtins: [OAT], dearerAtMostMinor: 0 } }] });
  });

  it('hears that nothing else may come', async () => {
    await forMilk({ substitute: 'never' });
    await place();
    expect(placed().substitutions).toBe('none');
    expect(placed().lines[0]).not.toHaveProperty('substitution');
  });
});
