import { describe, expect, it } from 'vitest';
import { approverSchema } from '../../../shared/event-parts.ts';
import { envelop, type DomainEvent } from '../../../shared/events.ts';
import { touchpointOf } from '../../../shared/journey/touchpoint.ts';
import { newSupply, supplyConfigSchema } from '../../../shared/supply/new-supply.ts';
import { observe } from '../../../shared/supply/observe.ts';
import { deviceTypeSchema, type DeviceType } from '../../../shared/values.ts';
import { facts, byAnna } from '../order/order-examples.ts';
import { milkConfig, after, reading, START } from '../supply/milk.ts';

const touchpoint = (event: DomainEvent) => {
  const [enveloped] = envelop([event], { aggregate: 'HH#hh_anna/X', version: 1, time: START });
  return enveloped && touchpointOf(enveloped, START);
};
/** What a supply says in the course of a low week and a refill. */
function saidBy(deviceType?: DeviceType): DomainEvent[] {
  const supply = newSupply(supplyConfigSchema.parse(milkConfig), START, deviceType);
  const low = observe(supply, [reading(1, 9, 1.2), reading(2, 10, 1.1), reading(3, 11, 1)], after(11));
  return [...low.events, ...observe(low.supply, [reading(4, 12, 5)], after(13)).events];
}

describe('what a device measured', () => {
  it.each([
    ['fridge', 'fridge'],
    ['heating', 'heating'],
    ['tv', 'tv'],
    ['generic', 'nachschub'],
  ])('of a %s is met in the channel %s', (deviceType, channel) => {
    const touchpoints = saidBy(deviceTypeSchema.parse(deviceType)).map(touchpoint);
    expect(touchpoints.map((one) => [one?.type, one?.channel, one?.initiator])).toEqual([
      ['supply.low', channel, 'device'],
      ['supply.refilled', channel, 'device'],
      ['supply.bought-elsewhere', 'store', 'customer'],
    ]);
  });

  it('before devices told their type was measured by a fridge', () => {
    expect(saidBy().map((event) => touchpoint(event)?.channel)).toEqual(['fridge', 'fridge', 'store']);
  });
});

describe('an answer', () => {
  const approvedOn = (screen?: string) =>
    ({ type: 'order.approved', data: { ...facts.approved.data, by: approverSchema.parse({ ...byAnna, screen }) } }) as const;
  it('happens on the screen that the person stood before, else in the app', () => {
    expect([approvedOn('tv'), approvedOn('fridge'), approvedOn('app'), approvedOn()].map((event) => touchpoint(event)?.channel)).toEqual([
      'tv',
      'fridge',
      'app',
      'app',
    ]);
    expect(touchpoint({ type: 'order.declined', data: { ...facts.declined.data, screen: 'tv' } })).toMatchObject({ channel: 'tv', initiator: 'customer' });
    expect(touchpoint(facts.declined)?.channel).toBe('app');
    expect(touchpoint(facts.approvedByMandate)).toMatchObject({ channel: 'nachschub', initiator: 'automation' });
  });
});

it('a device that comes and goes is no touchpoint', () => {
  const data = { householdId: facts.declined.data.householdId, thing: 'fridge-anna' as never, since: START };
  expect([touchpoint({ type: 'device.connected', data }), touchpoint({ type: 'device.disconnected', data })]).toEqual([undefined, undefined]);
});
