import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { handler as answerSync } from '../../functions/answer-sync.ts';
import { handler as householdApi } from '../../functions/household-api.ts';
import { keys, kinds } from '../../functions/runtime/aggregates.ts';
import { load } from '../../functions/runtime/store.ts';
import { handler } from '../../functions/update-display.ts';
import { displaySchema, noteSchema } from '../../shared/device/display.ts';
import { touchpointOf } from '../../shared/journey/touchpoint.ts';
import { between, eventRecord, ofType, openWorld, tell, work, type World } from './harness.ts';
import { memberClaims, send } from './http-call.ts';
import { anna, fridge, furnish, householdId, openShop } from './kitchen.ts';
import { decide, propose, theOrder } from './order-world.ts';
import { accepted, addDevice, fromThing, tv } from './screens.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
  await furnish();
  await openShop();
  await addDevice(tv, 'tv');
  await addDevice('heating-anna', 'heating');
});
afterEach(() => world.close());

/** Anna has no mandate, so a person is asked. */
async function ask(): Promise<void> {
  await propose(world);
  await decide(world);
}
const hear = async () =>
  tell(handler, ...(await world.said()).filter(({ type }) => type.startsWith('order.') && type !== 'order.proposed').map((event) => eventRecord(event)));
const shown = (thing: string) => {
  const last = accepted(world, thing).at(-1) as { state: { desired: unknown } } | undefined;
  return last === undefined ? undefined : displaySchema.parse(last.state.desired);
};
const answer = async (what: 'approve' | 'decline', screen: string) => {
  const { order } = await theOrder();
  const card = shown(tv)?.cards[0];
  const body =
    what === 'decline'
      ? { reason: 'enough milk', screen }
      : {
          approvalId: 'apr_tv',
          quoteHash: card?.quoteHash,
          evidence: { wordingVersion: card?.wordingVersion, buttonText: card?.buttonText, language: card?.language },
          screen,
        };
  return send(householdApi, { method: 'POST', path: `/households/${householdId}/orders/${order.orderId}/${what}`, claims: memberClaims(anna), body });
};

describe('an order that waits for a person', () => {
  beforeEach(async () => {
    await ask();
    await hear();
  });

  it('stands on TV and fridge, with the words of the law, and nowhere without a screen', async () => {
    const { order } = await theOrder();
    for (const thing of [tv, fridge]) {
      expect(shown(thing)).toMatchObject({
        cards: [
          {
            orderId: order.orderId,
            quoteHash: order.quote.hash,
            shop: 'Frischhof',
            totalMinor: order.quote.total.amountMinor,
            buttonText: 'zahlungspflichtig bestellen',
          },
        ],
        notes: [{ kind: 'approval-requested', title: 'Bei Frischhof bestellen?', orderId: order.orderId }],
      });
    }
    expect(accepted(world, 'heating-anna')).toEqual([]);
  });

  it('is written once, however often it is told', async () => {
    const versions = async () => [accepted(world, tv).length, (await load(kinds.notes, keys.notes(householdId)))?.version];
    const before = await versions();
    await hear();
    await hear();
    expect(await versions()).toEqual(before);
  });

  it('is approved with what the TV shows, and leaves when it is answered; the journey knows the screen', async () => {
    expect(await answer('approve', 'tv')).toMatchObject({ status: 200, body: { order: { status: 'approved', approval: { by: { screen: 'tv' } } } } });
    await hear();
    expect(shown(tv)?.cards).toEqual([]);
    expect(shown(tv)?.notes.map(({ kind }) => kind)).toEqual(['order-approved']);
    const [approved] = ofType(await world.said(), 'order.approved');
    expect(approved && touchpointOf(approved, world.now)).toMatchObject({ channel: 'tv', initiator: 'customer' });
  });

  it('is declined from the fridge', async () => {
    expect(await answer('decline', 'fridge')).toMatchObject({ status: 200, body: { order: { status: 'declined' } } });
    await hear();
    expect(shown(tv)?.cards).toEqual([]);
    const [declined] = ofType(await world.said(), 'order.declined');
    expect(declined && touchpointOf(declined, world.now)).toMatchObject({ channel: 'fridge' });
  });

  it('cannot be answered from a screen that nobody knows', async () => {
    expect(await answer('decline', 'toaster')).toMatchObject({ status: 400 });
  });

  it('is written anew when somebody else wrote first', async () => {
    await answer('decline', 'tv');
    let rivals = 2;
    between(
      (handle) => async (request) => {
        if (request.method === 'POST' && request.path.startsWith('/things/') && rivals > 0) {
          rivals -= 1;
          await handle({ ...request, body: Buffer.from('{"state":{"reported":{"shown":["ord_0"]}}}') });
        }
        return handle(request);
      },
      'iot-data',
    );
    await hear();
    expect([rivals, shown(tv)?.cards, shown(fridge)?.cards]).toEqual([0, [], []]);
  });

  it('is not shown again by somebody who looked before it was answered and writes after it', async () => {
    await addDevice('tv-late', 'tv');
    let isAnswered = false;
    between(
      (handle) => async (request) => {
        // The TV itself has made its shadow, so every write of ours names a version.
        if (request.method === 'GET' && accepted(world, 'tv-late').length === 0)
          await handle({ ...request, method: 'POST', path: '/things/tv-late/shadow', body: Buffer.from('{"state":{"reported":{"shown":[]}}}') });
        if (request.method === 'POST' && request.path.startsWith('/things/tv-late') && !isAnswered) {
          isAnswered = true;
          await answer('decline', 'tv');
          await tell(handler, ...ofType(await world.said(), 'order.declined').map((event) => eventRecord(event)));
        }
        return handle(request);
      },
      'iot-data',
    );
    await tell(answerSync, fromThing('tv-late', {}));
    expect([isAnswered, shown('tv-late')?.cards]).toEqual([true, []]);
  });

  it('stays as it was when the order has gone on and the news of it comes late', async () => {
    const events = (await world.said()).filter(({ type }) => type === 'order.approval-requested');
    await answer('approve', 'tv');
    await hear();
    const writes = accepted(world, tv).length;
    await tell(handler, ...events.map((event) => eventRecord(event, 'late')));
    expect([accepted(world, tv).length, shown(tv)?.cards]).toEqual([writes, []]);
  });
});

describe('a household without screens', () => {
  it('keeps no messages for them', async () => {
    await ask();
    const [asked] = ofType(await world.said(), 'order.approval-requested');
    if (asked === undefined) throw new Error('expected a question');
    const elsewhere = { ...asked, data: { ...asked.data, householdId: 'hh_nobody' as typeof asked.data.householdId } };
    expect(await work(handler, [eventRecord(elsewhere)])).toEqual([]);
    expect(await load(kinds.notes, keys.notes(householdId))).toBeUndefined();
  });
});

describe('a device that asks what it missed', () => {
  const messages = (thing: string) =>
    world.published.filter(({ topic }) => topic === `cmd/nachschub/${thing}/message`).map(({ payload }) => noteSchema.parse(payload));

  it('hears what still waits, with the same id each time, and finds its display made', async () => {
    await ask();
    await tell(answerSync, fromThing(tv, {}, { id: 'a' }), fromThing(tv, {}, { id: 'b' }));
    const [first, ...more] = messages(tv);
    expect([first?.kind, more, shown(tv)?.cards.length]).toEqual(['approval-requested', [], 1]);
    await hear();
    await tell(answerSync, fromThing(tv, {}));
    expect(messages(tv)).toEqual([first, first]);
  });

  it('hears the news of a day, and no question that was answered', async () => {
    await ask();
    await hear();
    await answer('decline', 'tv');
    await hear();
    await tell(answerSync, fromThing(tv, {}));
    expect(messages(tv)).toEqual([]);
  });

  it.each([
    ['of no household', 'tv-of-nobody', {}],
    ['without a screen', 'heating-anna', {}],
    ['in the name of another', 'tv-anna', { clientId: 'tv-bert' }],
  ])('%s hears nothing', async (_, thing, more) => {
    await ask();
    await tell(answerSync, fromThing(thing, {}, more));
    expect(world.published).toEqual([]);
  });

  it('is answered later when the broker does not answer, the others now', async () => {
    await ask();
    between((handle) => (request) => (request.path.includes(tv) ? Promise.reject(new Error('gone')) : handle(request)), 'iot-data');
    expect(await work(answerSync, [fromThing(tv, {}, { id: 'tv' }), fromThing(fridge, {}, { id: 'fridge' })])).toEqual(['tv']);
    expect(messages(fridge)).toHaveLength(1);
  });
});
