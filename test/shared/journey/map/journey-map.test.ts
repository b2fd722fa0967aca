import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { journeyMap } from '../../../../shared/journey/map/journey-map.ts';
import { laneOf } from '../../../../shared/journey/map/lanes.ts';
import { plannedCells } from '../../../../shared/journey/map/planned.ts';
import { shippedModels } from '../../../../shared/journey/target/shipped-models.ts';
import { touchpointId, touchpointSchema, type Touchpoint } from '../../../../shared/journey/touchpoint.ts';
import { channelSchema, initiatorSchema, phaseSchema } from '../../../../shared/journey/words.ts';

let made = 0;
const one = (more: object): Touchpoint => {
  made += 1;
  const moments = { at: '2026-03-02T08:00:00.000Z', receivedAt: '2026-03-02T08:00:00.000Z' };
  const named = { touchpointId: touchpointId('test', String(made)), householdId: 'hh_anna', source: 'events', messageId: String(made), type: 'page' };
  return touchpointSchema.parse({ ...named, ...moments, channel: 'app', initiator: 'customer', phase: 'support', ...more });
};

describe('the map of a journey', () => {
  it('counts by lane, phase and channel, and weighs feelings by how sure they are', () => {
    const felt = (value: number, confidence: number) => ({ sentiment: { value, source: 'csat', confidence } });
    expect(
      journeyMap([
        one({ ...felt(1, 0.2), at: '2026-03-05T08:00:00.000Z' }),
        one(felt(-1, 0.6)),
        one({}),
        one({ initiator: 'automation', phase: 'closing', channel: 'nachschub' }),
        one({ initiator: 'device', phase: 'information', channel: 'fridge' }),
      ]),
    ).toEqual([
      { lane: 'household', phase: 'information', channel: 'fridge', count: 1, last: '2026-03-02T08:00:00.000Z' },
      { lane: 'household', phase: 'support', channel: 'app', count: 3, feeling: -0.5, last: '2026-03-05T08:00:00.000Z' },
      { lane: 'company', phase: 'closing', channel: 'nachschub', count: 1, last: '2026-03-02T08:00:00.000Z' },
    ]);
  });

  it('counts each touchpoint once, in any order', () => {
    const any = fc
      .record({
        initiator: fc.constantFrom(...initiatorSchema.options),
        phase: fc.constantFrom(...phaseSchema.options),
        channel: fc.constantFrom(...channelSchema.options),
        sentiment: fc.option(fc.record({ value: fc.double({ min: -1, max: 1, noNaN: true }), source: fc.constant('csat'), confidence: fc.constant(0.5) }), {
          nil: undefined,
        }),
      })
      .map(one);
    fc.assert(
      fc.property(fc.array(any, { maxLength: 60 }), (touchpoints) => {
        const map = journeyMap(touchpoints);
        expect(map.reduce((sum, { count }) => sum + count, 0)).toBe(touchpoints.length);
        expect(new Set(map.map(({ lane, phase, channel }) => `${lane} ${phase} ${channel}`)).size).toBe(map.length);
        expect(journeyMap(touchpoints.toReversed())).toEqual(map);
      }),
      { numRuns: 100 },
    );
  });
});

it('target journeys plan steps in both lanes, each place once', () => {
  const planned = plannedCells(shippedModels);
  expect(planned).toContainEqual({ lane: 'company', phase: 'logistics', channel: 'retailer' });
  expect(planned).toContainEqual({ lane: laneOf.customer, phase: 'support', channel: 'app' });
  expect(new Set(planned.map((cell) => JSON.stringify(cell))).size).toBe(planned.length);
});
