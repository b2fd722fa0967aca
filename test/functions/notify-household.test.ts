import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { handler } from '../../functions/notify-household.ts';
import { changeNoteSchema, isShown } from '../../shared/journey/change-note.ts';
import { envelop, eventDataSchemas, type DomainEvent, type EventType } from '../../shared/events.ts';
import { householdMessageSchema } from '../../shared/journey/message.ts';
import { thingNameSchema } from '../../shared/values.ts';
import { facts } from '../shared/order/order-examples.ts';
import { eventRecord, openWorld, tell, type World } from './harness.ts';
import { anna, furnish, householdId, milkSupply, openShop } from './kitchen.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
  await furnish();
  await openShop();
});
afterEach(() => world.close());

const CHANGES = `app/nachschub/${householdId}/changes`;
const MESSAGES = `app/nachschub/${householdId}/messages`;
const on = (topic: string) => world.published.filter((one) => one.topic === topic).map(({ payload }) => payload);
const hear = (event: DomainEvent) =>
  tell(handler, ...envelop([event], { aggregate: `HH#${householdId}/X`, version: 2, time: world.now }).map((one) => eventRecord(one)));
const aboutMilk = { householdId, supplyId: milkSupply };

describe('the apps of a household', () => {
  it.each<[string, DomainEvent, { what: string; id?: string }]>([
    ['an answer', facts.declined, { what: 'order', id: facts.declined.data.orderId }],
    [
      'goods that came',
      { type: 'supply.restocked', data: { ...aboutMilk, orderId: facts.declined.data.orderId, unit: 'ml', amount: 1 } },
      { what: 'supply', id: milkSupply },
    ],
    ['somebody who joined', { type: 'member.joined', data: { householdId, memberId: anna } }, { what: 'member', id: anna }],
    [
      'a device that went silent',
      { type: 'device.disconnected', data: { householdId, thing: thingNameSchema.parse('fridge-anna'), since: facts.asked.data.expiresAt } },
      { what: 'device', id: 'fridge-anna' },
    ],
    ['a new name of the household', { type: 'household.created', data: { householdId } }, { what: 'household' }],
  ])('hear of %s which thing to read again, and nothing of what it says', async (_, event, note) => {
    await hear(event);
    expect(on(CHANGES)).toEqual([{ ...note, at: world.now }]);
    expect(on(CHANGES).map((payload) => changeNoteSchema.parse(payload))).toHaveLength(1);
    expect(on(MESSAGES)).toEqual([]);
  });

  it('hear a question twice: as a change and in words, and a repeat is the same to the byte', async () => {
    await hear(facts.asked);
    await hear(facts.asked);
    const [first, second] = on(CHANGES);
    expect([first, first]).toEqual([{ what: 'order', id: facts.asked.data.orderId, at: world.now }, second]);
    const [message, again] = on(MESSAGES);
    expect([message, message]).toMatchObject([{ kind: 'approval-requested' }, again]);
  });

  it('hear it in the household’s language and in every reader’s own', async () => {
    await hear(facts.asked);
    const [message] = on(MESSAGES).map((payload) => householdMessageSchema.parse(payload));
    expect(message?.words?.en.title).toMatch(/^Order at /);
    expect(message?.words?.de.title).toMatch(/bestellen\?$/);
    expect([message?.words?.de.title, message?.words?.en.title]).toContain(message?.title);
  });

  it('hear nothing of what no screen shows', async () => {
    await hear({ type: 'segment.entered', data: { householdId, segment: 'loyal', because: 'it buys' } });
    expect(world.published).toEqual([]);
  });
});

it('only what no screen shows is kept from the apps', () => {
  const isType = (type: string): type is EventType => type in eventDataSchemas;
  const silent = Object.keys(eventDataSchemas).filter((type) => isType(type) && !isShown(type));
  expect(new Set(silent.map((type) => type.split('.')[0]))).toEqual(
    new Set(['data', 'reading', 'retailer', 'phase', 'segment', 'action', 'task', 'form', 'lead']),
  );
});
