import { expect, test } from 'vitest';
import { monthsLater } from '../../app/mandates/grant-form.ts';
import { zoneOffsetMillis } from '../../app/words/local-date.ts';
import { instantSchema } from '../../shared/values.ts';

const at = (text: string) => instantSchema.parse(text);

test.each([
  ['in winter', '2026-01-15T12:00:00.000Z', 'Europe/Berlin', 1],
  ['in summer', '2026-07-15T12:00:00.500Z', 'Europe/Berlin', 2],
  ['west of Greenwich, by half an hour', '2026-01-15T12:00:00.000Z', 'America/St_Johns', -3.5],
])('clocks are ahead of UTC %s', (_when, instant, zone, hours) => {
  expect(zoneOffsetMillis(Date.parse(instant), zone)).toBe(hours * 3_600_000);
});

test.each([
  ['over the change to summer time', '2026-03-11T01:50:00.000Z', 6, '2026-09-11T00:50:00.000Z'],
  ['over the change to winter time', '2026-10-01T06:00:00.000Z', 2, '2026-12-01T07:00:00.000Z'],
  ['from the last day of a long month', '2026-08-31T10:00:00.000Z', 6, '2027-02-28T11:00:00.000Z'],
  ['by no month at all', '2026-05-05T10:00:00.000Z', 0, '2026-05-05T10:00:00.000Z'],
])('a mandate ends at the hour at which it began, %s', (_when, from, months, end) => {
  expect(monthsLater(at(from), months, 'Europe/Berlin')).toBe(end);
});
