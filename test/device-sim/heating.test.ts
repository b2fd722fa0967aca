import { describe, expect, it } from 'vitest';
import { dayAfter, dayAt } from '../../device-sim/calendar.ts';
import { Device } from '../../device-sim/device.ts';
import { heating } from '../../device-sim/heating.ts';
import { noPast, type DeviceLine } from '../../device-sim/past.ts';
import { degreeDays, meanCelsius } from '../../device-sim/weather.ts';
import { orderIdSchema } from '../../shared/values.ts';
import { day, heatingSpec, heatingThing, oilGtin, startsAt, timeZone } from './examples.ts';

const home = { seed: 12, thing: heatingThing, timeZone };
const spec = heatingSpec();
const readingsIn = (lines: DeviceLine[]) => lines.flatMap((line) => (line.kind === 'reading' ? [line.reading] : []));
const burner = (kwh?: (date: string) => number | undefined) =>
  new Device(spec, heating(spec, home, kwh), home, { startsAt, switchedOnAt: startsAt, past: noPast() });
const burntOn = (date: string, kwh?: (date: string) => number | undefined) =>
  heating(spec, home, kwh)
    .happeningsOf(date)
    .reduce((sum, { portions }) => sum + (portions[0]?.amount ?? 0), 0);

describe('a heating', () => {
  it('burns degree days times units, and hot water', () => {
    for (let date = '2026-01-01'; date < '2026-12-31'; date = dayAfter(date)) {
      expect(burntOn(date)).toBeCloseTo(Math.max(0, 15 - meanCelsius(12, date)) * 1.1 + 1.5, 5);
    }
    expect(burntOn('2026-07-15')).toBeCloseTo(degreeDays(12, '2026-07-15', 15) * 1.1 + 1.5, 5);
  });

  it('looks every six hours and tells once a day, with the temperature outside and what it has burnt since it was switched on', () => {
    const device = burner();
    const readings = readingsIn([...device.switchOn(startsAt), ...device.act(startsAt + 10 * day)]);
    expect(readings.length).toBeGreaterThanOrEqual(11);
    expect(readings.length).toBeLessThanOrEqual(13);
    const gaps = readings.slice(1).map(({ sampledAt }, index) => Date.parse(sampledAt) - Date.parse(readings[index]?.sampledAt ?? ''));
    expect(Math.max(...gaps)).toBeLessThanOrEqual(day);
    for (const { level, usage = NaN, outdoorCelsius = NaN, uncertainty, sampledAt, ...rest } of readings) {
      expect(Math.abs(level.amount + usage - 330)).toBeLessThan(5 * uncertainty);
      expect(level.amount % 5).toBe(0);
      expect(Math.abs(outdoorCelsius - meanCelsius(12, dayAt(Date.parse(sampledAt), timeZone)))).toBeLessThanOrEqual(3.6);
      expect(rest).not.toHaveProperty('doorOpenings');
    }
    expect(readings.map(({ usage = 0 }) => usage)).toEqual(readings.map(({ usage = 0 }) => usage).sort((a, b) => a - b));
  });

  it('tells at once what a day would hide: three in a hundred of the tank are gone', () => {
    const device = burner((date) => (date === '2026-03-04' ? 2_000 : 0));
    const readings = readingsIn([...device.switchOn(startsAt), ...device.act(startsAt + 4 * day)]);
    const gaps = readings.slice(1).map(({ sampledAt }, index) => Date.parse(sampledAt) - Date.parse(readings[index]?.sampledAt ?? ''));
    expect(Math.min(...gaps)).toBeLessThanOrEqual(6 * 3_600_000);
  });

  it('is filled to the brim by a delivery; what does not fit is poured in later', () => {
    const device = burner();
    device.bring([{ id: '0.0', at: startsAt + day, orderId: orderIdSchema.parse('ord_1'), gtin: oilGtin, packs: 7 }]);
    const lines = [...device.switchOn(startsAt), ...device.act(startsAt + 2 * day)];
    expect(lines.filter(({ kind }) => kind === 'stocked')).toMatchObject([{ slot: 'tank', packs: 7, amount: 700, unit: 'l' }]);
    const levels = readingsIn(lines).map(({ level }) => level.amount);
    expect(Math.max(...levels)).toBeGreaterThanOrEqual(940);
    const used = readingsIn(lines).at(-1)?.usage ?? 0;
    const poured = Math.min(950, 330 + 700 - used);
    expect(levels.at(-1)).toBeGreaterThan(poured - 15);
  });

  it('burns what was recorded instead of what the weather asks for: ten kilowatt-hours a litre', () => {
    const recorded = (date: string) => (date === '2026-03-03' ? 92.687 : undefined);
    expect(burntOn('2026-03-03', recorded)).toBeCloseTo(9.2687, 5);
    expect(burntOn('2026-03-04', recorded)).toBe(burntOn('2026-03-04'));
    const pellets = { ...spec, heating: { fuel: 'pellets' as const, unitsPerDegreeDay: 2, baseCelsius: 15, hotWaterPerDay: 1 } };
    const burnt = heating(pellets, home, () => 49).happeningsOf('2026-03-03');
    expect(burnt.reduce((sum, { portions }) => sum + (portions[0]?.amount ?? 0), 0)).toBeCloseTo(10, 5);
  });
});
