import { describe, expect, it } from 'vitest';
import { dayAfter, dayAt, instantAt } from '../../device-sim/calendar.ts';
import { Device } from '../../device-sim/device.ts';
import { noPast, type DeviceLine } from '../../device-sim/past.ts';
import { tv, viewingsOf, watchedFrom } from '../../device-sim/tv.ts';
import { orderIdSchema } from '../../shared/values.ts';
import { batteriesGtin, day, remote, startsAt, timeZone, tvSpec, tvThing } from './examples.ts';

const home = { seed: 4, thing: tvThing, timeZone };
const dates = (count: number, date = '2026-01-01'): string[] => (count === 0 ? [] : [date, ...dates(count - 1, dayAfter(date))]);
const readingsIn = (lines: DeviceLine[]) => lines.flatMap((line) => (line.kind === 'reading' ? [line.reading] : []));
const plugged = () => new Device(tvSpec(), tv(tvSpec(), home), home, { startsAt, switchedOnAt: startsAt, past: noPast() });

describe('a TV', () => {
  it('is on in the evening, and at the weekend in the afternoon too, one viewing after the other', () => {
    const weekdays = new Set<number>();
    for (const date of dates(400)) {
      const viewings = viewingsOf(home, date);
      for (const { from, until } of viewings) {
        expect([dayAt(from, timeZone), dayAt(until, timeZone)]).toEqual([date, date]);
        expect(until - from).toBeGreaterThanOrEqual(15 * 60_000);
        if (from < instantAt(date, 1_050, timeZone)) weekdays.add(new Date(date).getUTCDay());
      }
      const times = viewings.flatMap(({ from, until }) => [from, until]);
      expect(times).toEqual([...times].sort((a, b) => a - b));
    }
    expect([...weekdays].sort()).toEqual([0, 6]);
  });

  it('has somebody in front of it only then', () => {
    for (let at = startsAt; at < startsAt + 20 * day; at += day / 7) {
      const seen = watchedFrom(home, at);
      expect(seen).toBeGreaterThanOrEqual(at);
      expect(viewingsOf(home, dayAt(seen, timeZone)).some(({ from, until }) => from <= seen && seen < until)).toBe(true);
    }
    const [evening] = viewingsOf(home, '2026-03-03');
    expect(watchedFrom(home, (evening?.from ?? NaN) + 60_000)).toBe((evening?.from ?? NaN) + 60_000);
  });

  it('says in its heartbeat how long it was watched', () => {
    const device = plugged();
    const readings = readingsIn([...device.switchOn(startsAt), ...device.act(startsAt + 30 * day)]);
    const said = readings.reduce((sum, { viewedMinutes = NaN }) => sum + viewedMinutes, 0);
    const watched = dates(31, '2026-03-02')
      .flatMap((date) => viewingsOf(home, date))
      .filter(({ until }) => until <= Date.parse(readings.at(-1)?.sampledAt ?? ''))
      .reduce((sum, { from, until }) => sum + Math.round((until - from) / 60_000), 0);
    expect(said).toBe(watched);
    expect(watched).toBeGreaterThan(30 * 60);
    expect(readings.every((reading) => reading.doorOpenings === undefined)).toBe(true);
  });

  it('wears the batteries of its remote control by use, as much as they wear on the average', () => {
    const used = dates(2_000).flatMap((date) => tv(tvSpec(), home).happeningsOf(date));
    const perDay = used.reduce((sum, { portions }) => sum + (portions[0]?.amount ?? 0), 0) / 2_000;
    expect(perDay).toBeGreaterThan(remote.usePerDay * 0.95);
    expect(perDay).toBeLessThan(remote.usePerDay * 1.05);
  });

  it('gets new batteries when the old ones are nearly empty and there are spare ones, not before', () => {
    const device = plugged();
    device.bring([{ id: '0.0', at: startsAt + day / 2, orderId: orderIdSchema.parse('ord_1'), gtin: batteriesGtin, packs: 1 }]);
    const lines = [...device.switchOn(startsAt), ...device.act(startsAt + 120 * day)];
    const levels = readingsIn(lines).map(({ level }) => level.amount);
    const jump = levels.findIndex((level, index) => index > 0 && level > (levels[index - 1] ?? 0) + 1);
    expect(levels[jump - 1]).toBeLessThanOrEqual(0.26);
    expect(levels[jump - 1]).toBeGreaterThan(0.1);
    expect(levels[jump]).toBeGreaterThan(1.9);
    expect(lines.filter(({ kind }) => kind === 'stocked')).toMatchObject([{ packs: 1, amount: 4, unit: 'piece' }]);
    expect(readingsIn(lines).every(({ level }) => level.amount <= 2.05)).toBe(true);
  });

  it('has none when nobody brought any: the remote control stops working', () => {
    const device = plugged();
    const lines = [...device.switchOn(startsAt), ...device.act(startsAt + 60 * day)];
    expect(readingsIn(lines).at(-1)?.level.amount).toBeLessThan(0.05);
    expect(lines.reduce((sum, line) => sum + (line.kind === 'consumed' ? line.missed : 0), 0)).toBeGreaterThan(0.3);
  });
});
