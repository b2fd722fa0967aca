import { describe, expect, it } from 'vitest';
import { cannotMeasure, deviceCatalog } from '../../../shared/device/catalog.ts';
import { basicIngestTopic, presenceTopic, readingSchema, ruleNames, shadowTopic, telemetryTopic } from '../../../shared/device/telemetry.ts';
import { baseUnitSchema, deviceTypeSchema, quantitySchema, thingNameSchema } from '../../../shared/values.ts';
import { reading } from '../supply/milk.ts';

describe('what a device can measure', () => {
  it('is a unit at least, and the same whether asked by type or by unit', () => {
    const table = deviceTypeSchema.options.map((type) => [type, ...baseUnitSchema.options.filter((unit) => cannotMeasure(type, unit) === undefined)]);
    expect(table).toEqual([
      ['fridge', 'ml', 'g', 'piece'],
      ['heating', 'ml', 'g'],
      ['tv', 'piece'],
      ['generic', 'ml', 'g', 'piece'],
    ]);
  });

  it('is told in a sentence when it cannot', () => {
    expect(cannotMeasure('heating', 'piece')).toBe('a heating measures litres and grams, so none of its slots can hold a supply that is counted in pieces');
    expect(cannotMeasure('tv', 'ml')).toBe('a TV measures pieces, so none of its slots can hold a supply that is counted in litres');
  });

  it('and who can show something are a TV and a fridge', () => {
    expect(deviceTypeSchema.options.filter((type) => deviceCatalog[type].hasScreen)).toEqual(['fridge', 'tv']);
  });
});

describe('topics', () => {
  const tv = thingNameSchema.parse('tv-anna');
  it('name the thing, and stay within eight levels', () => {
    const topics = [presenceTopic(tv), shadowTopic(tv, 'display', 'update'), shadowTopic(tv, 'display', 'update/delta')];
    expect(topics).toEqual([
      'dt/nachschub/tv-anna/presence',
      '$aws/things/tv-anna/shadow/name/display/update',
      '$aws/things/tv-anna/shadow/name/display/update/delta',
    ]);
    expect(Math.max(...topics.map((topic) => topic.split('/').length))).toBeLessThanOrEqual(8);
    expect(basicIngestTopic(ruleNames.telemetry, telemetryTopic(tv))).toBe('$aws/rules/nachschub_telemetry/dt/nachschub/tv-anna/telemetry');
  });
});

describe('a reading', () => {
  it.each([
    ['outdoorCelsius', -60, true],
    ['outdoorCelsius', 60.1, false],
    ['viewedMinutes', 1_440, true],
    ['viewedMinutes', -1, false],
    ['messagesShown', 1_000, true],
    ['messagesShown', 0.5, false],
  ])('with %s %d: %s', (field, value, isFine) => {
    expect(readingSchema.safeParse({ ...reading(1, 0, 1), [field]: value }).success).toBe(isFine);
  });

  it.each([
    [{ amount: 3_000, unit: 'l' }, true],
    [{ amount: 100_000, unit: 'l' }, true],
    [{ amount: 100_001, unit: 'l' }, false],
    [{ amount: 100_000_000, unit: 'g' }, true],
  ])('of %j: %s', (level, isFine) => {
    expect(quantitySchema.safeParse(level).success).toBe(isFine);
  });
});
