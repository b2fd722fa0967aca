/** One need from its readings to the shop: the id it has everywhere, what the functions log of it, and what they count. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { handler as deliverWebhook } from '../../../functions/deliver-webhook.ts';
import { handler as followSupply } from '../../../functions/follow-supply.ts';
import { handler as ingest } from '../../../functions/ingest-telemetry.ts';
import { handler as recordTouchpoint } from '../../../functions/record-touchpoint.ts';
import { handler as reviewSupply } from '../../../functions/review-supply.ts';
import { handler as runAutomation } from '../../../functions/run-automation.ts';
import { handler as updateJourney } from '../../../functions/update-journey.ts';
import { keys, kinds } from '../../../functions/runtime/aggregates.ts';
import { commandOrder } from '../../../functions/runtime/order.ts';
import { list } from '../../../functions/runtime/store.ts';
import { answerSchema } from '../../../shared/order/response.ts';
import { messageIdSchema } from '../../../shared/values.ts';
import { reading } from '../../shared/supply/milk.ts';
import { context, dueRecord, eventRecord, ofType, openWorld, tell, work, type World } from '../harness.ts';
import { furnish, grantMandate, household, householdId, milkNow, milkSupply, openShop, telemetry } from '../kitchen.ts';
import { basketIsDue, decide, theOrder } from '../order-world.ts';
import { handler as proposeOrder } from '../../../functions/propose-order.ts';
import { ROOT } from '../shop-keys.ts';
import { openShopServer, type ShopServer } from '../shop-server.ts';

let world: World;
let shop: ShopServer;
beforeEach(async () => {
  world = await openWorld();
  shop = await openShopServer();
  await furnish();
  await openShop(shop.url);
});
afterEach(async () => {
  await shop.close();
  await world.close();
});

const lows = (from: number) => [reading(from, 9, 1.2), reading(from + 1, 10, 1.1), reading(from + 2, 11, 1)];

async function becomeLow(): Promise<void> {
  world.wait(12, 'hours');
  expect(
    await work(
      ingest,
      lows(1).map((one, index) => telemetry(`m${index}`, one)),
    ),
  ).toEqual([]);
}
async function propose(): Promise<void> {
  await becomeLow();
  await tell(proposeOrder, ...ofType(await world.said(), 'supply.low').map((event) => eventRecord(event)));
  world.wait(2, 'hours');
  await tell(proposeOrder, basketIsDue(world));
}
const place = async () => tell(deliverWebhook, ...ofType(await world.said(), 'order.approved').map((event) => eventRecord(event)));

async function shopDelivers(): Promise<void> {
  const { order } = await theOrder();
  const lines = order.quote.lineItems.map(({ gtin, quantity }) => ({ gtin, quantity }));
  const data = { orderId: order.orderId, sequence: 1, lines, totalMinor: order.quote.total.amountMinor };
  const answer = answerSchema.parse({ type: 'order.delivered', timestamp: world.now, data });
  const messageId = messageIdSchema.parse('msg_delivered');
  await commandOrder(order, { type: 'answer', messageId, answer, receivedAt: world.now }, world.now);
}

describe('the id of a story', () => {
  it('is the need’s, in every fact from the low supply to the restocked one, whoever said it', async () => {
    await grantMandate();
    await propose();
    await decide(world);
    await place();
    await shopDelivers();
    await tell(followSupply, ...ofType(await world.said(), 'order.delivered').map((event) => eventRecord(event)));
    const [low] = ofType(await world.said(), 'supply.low');
    const story = (await world.said()).filter(({ type }) => /^(supply|order)\./.test(type));
    expect(story.map(({ type, correlationid }) => [type, correlationid])).toEqual(
      ['supply.low', 'supply.restocked', 'order.proposed', 'order.approved', 'order.placing', 'order.placed', 'order.delivered']
        .map((type) => [type, low?.data.needId])
        .sort(byStream(story)),
    );
  });

  it('reaches the shop beside what is signed, on every attempt', async () => {
    await grantMandate();
    await propose();
    await decide(world);
    shop.answer = { status: 503 };
    await place();
    const [delivery] = await list(kinds.delivery, `RT#${(await theOrder()).order.retailerId}`, 'DELIVERY#');
    world.wait(1, 'hours');
    shop.answer = { status: 204 };
    if (delivery === undefined) throw new Error('expected a delivery');
    await tell(deliverWebhook, dueRecord(keys.delivery(delivery.state.retailerId, delivery.state.messageId), world.now));
    const need = (await theOrder()).order.quote.lineItems[0]?.needId;
    expect(shop.heard.map(({ isVerified, correlation }) => [isVerified, correlation])).toEqual([
      [true, need],
      [true, need],
    ]);
    expect(ofType(await world.said(), 'webhook.failed').map(({ correlationid }) => correlationid)).toEqual([need]);
  });

  it('stands in every line that a worker logs of it, also when time alone had started the work, and not in the lines beside it', async () => {
    await propose();
    await decide(world);
    await tell(recordTouchpoint, ...ofType(await world.said(), 'order.approval-requested').map((event) => eventRecord(event)));
    const recorded = (await world.stream('Journeys')).filter(({ dynamodb }) => dynamodb?.Keys?.['sk']?.S?.startsWith('TP#'));
    await updateJourney({ Records: recorded }, context);
    const { order } = await theOrder();
    const need = order.quote.lineItems[0]?.needId;
    const before = world.log.length;
    world.wait(13, 'hours');
    const automation = keys.conversionPath(householdId, 'unanswered-approval', order.orderId);
    const supply = keys.supply(householdId, milkSupply);
    // Side by side in one batch: one of this story, and one that is about nothing that exists.
    await tell(runAutomation, dueRecord(automation, world.now, 'told'), dueRecord({ pk: 'HH#hh_nobody', sk: 'AUTOMATION#none' }, world.now, 'other'));
    await tell(reviewSupply, dueRecord(supply, world.now, 'review'));
    const lines = world.log.slice(before).map(({ message, messageId, correlationid }) => [message, messageId, correlationid]);
    expect(lines).toContainEqual(['worked off', 'told', need]);
    expect(lines).toContainEqual(['worked off', 'review', need]);
    expect(lines).toContainEqual(['worked off', 'other', undefined]);
    expect(ofType(await world.said(), 'outreach.sent').map(({ correlationid }) => correlationid)).toEqual([need]);
  });

  it('is in the journal beside the readings that moved its supply, with the times of each', async () => {
    await becomeLow();
    const [low] = ofType(await world.said(), 'supply.low');
    const lines = world.log.filter(({ journal }) => journal === 'readings');
    expect(lines).toMatchObject([{ correlationid: low?.data.needId, supplyId: milkSupply, productTime: world.now }]);
    const times = z.array(z.tuple([z.string(), z.string()])).parse(lines[0]?.['times']);
    expect(times.map(([sampledAt]) => sampledAt)).toEqual(lows(1).map(({ sampledAt }) => sampledAt));
  });

  it('may be missing in what an older run has stored', async () => {
    await propose();
    const [proposed] = ofType(await world.said(), 'order.proposed');
    if (proposed === undefined) throw new Error('expected a proposal');
    const { correlationid, ...older } = proposed;
    const handler = (await import('../../../functions/decide-order.ts')).handler;
    await tell(handler, eventRecord(older));
    expect(ofType(await world.said(), 'order.approval-requested').map((event) => event.correlationid)).toEqual([correlationid]);
  });
});

/** The same facts in the order in which the stream told them. */
const byStream =
  (said: readonly { type: string }[]) =>
  ([a]: readonly (string | undefined)[], [b]: readonly (string | undefined)[]): number =>
    said.findIndex(({ type }) => type === a) - said.findIndex(({ type }) => type === b);

describe('a log', () => {
  it('names function and story, and holds no payload, no address and no secret', async () => {
    process.env['POWERTOOLS_SERVICE_NAME'] = 'tested';
    await grantMandate();
    await propose();
    await decide(world);
    await place();
    await work(ingest, [telemetry('odd', 'PAYLOAD-THAT-IS-NO-READING')]);
    expect(world.log.length).toBeGreaterThan(5);
    const written = JSON.stringify(world.log);
    const { recipient, street } = household.address;
    for (const personal of [recipient, street, 'acc-anna', 'PAYLOAD-THAT-IS-NO-READING', ROOT, 'whsec_', shop.url]) expect(written).not.toContain(personal);
    expect((await milkNow()).state.householdId).toBe(householdId);
  });
});

describe('what is counted', () => {
  const values = z.union([z.number().transform((one) => [one]), z.array(z.number())]).catch([]);
  const total = (name: string): number => world.metrics.flatMap((line) => values.parse(line[name])).reduce((sum, value) => sum + value, 0);

  it('is what became of readings, needs, orders and messages, without any id', async () => {
    await grantMandate();
    await propose();
    await work(ingest, [telemetry('again', lows(1)[0]), telemetry('odd', '?')]);
    await decide(world);
    shop.answer = { status: 503 };
    await place();
    const names = [
      'ReadingsApplied',
      'ReadingsIgnored',
      'ReadingsQuarantined',
      'NeedsOpened',
      'OrdersProposed',
      'OrdersApproved',
      'WebhookAttempts',
      'WebhookFailures',
    ];
    expect(Object.fromEntries(names.map((name) => [name, total(name)]))).toEqual({
      ...{ ReadingsApplied: 3, ReadingsIgnored: 1, ReadingsQuarantined: 1, NeedsOpened: 1 },
      ...{ OrdersProposed: 1, OrdersApproved: 1, WebhookAttempts: 1, WebhookFailures: 1 },
    });
    const dimensions = world.metrics.map(({ _aws }) =>
      z
        .array(z.object({ Dimensions: z.array(z.array(z.string())) }))
        .parse(_aws.CloudWatchMetrics)
        .flatMap(({ Dimensions }) => Dimensions.flat()),
    );
    expect(new Set(dimensions.flat())).toEqual(new Set(['service']));
  });

  it('is a message that failed, as often as it does', async () => {
    const nobody = dueRecord({ pk: 'HH#hh_nobody', sk: 'ORDER#nonsense' }, world.now, 'poison');
    expect(await work(deliverWebhook, [nobody])).toEqual(['poison']);
    expect(total('MessagesFailed')).toBe(1);
  });
});
