import fc from 'fast-check';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Device } from '../../device-sim/device.ts';
import { fridge } from '../../device-sim/fridge.ts';
import { noPast } from '../../device-sim/past.ts';
import { readRecordings } from '../../device-sim/recording.ts';
import { parseReplay } from '../../device-sim/replay.ts';
import { readSimulation, WrongSimulation } from '../../device-sim/simulation.ts';
import { instantOf, thingNameSchema } from '../../shared/values.ts';
import { day, fridgeSpec, heatingSpec, startsAt, thing, timeZone } from './examples.ts';
import { newDirectory, removeDirectory, writeSimulation } from './stage.ts';

const file = 'data/milk.csv';
const parse = (text: string) => parseReplay(text, { file, thing, slot: 'milk' });
const refusal = (text: string): string => {
  try {
    parse(text);
    return 'taken';
  } catch (error) {
    return error instanceof WrongSimulation ? error.message : `threw ${String(error)}`;
  }
};

describe('a recording', () => {
  it('is read from readings, one JSON document a line, as telemetry has them or flat', () => {
    const lines = [
      '{"bootId":3,"seq":9,"sampledAt":"2020-01-01T06:00:00.000Z","slot":"eggs","level":{"amount":0.9,"unit":"l"},"uncertainty":0.1,"usage":1.5}',
      '',
      '{"timestamp":1577865600,"level":0.7,"unit":"l","thing":"fridge-berger","outdoorCelsius":-3.5}',
    ];
    expect(parse(lines.join('\n'))).toEqual([
      { kind: 'level', thing, slot: 'eggs', at: Date.parse('2020-01-01T06:00:00Z'), level: 0.9, unit: 'l', usage: 1.5, outdoorCelsius: undefined },
      {
        kind: 'level',
        thing: 'fridge-berger',
        slot: 'milk',
        at: Date.parse('2020-01-01T08:00:00Z'),
        level: 0.7,
        unit: 'l',
        usage: undefined,
        outdoorCelsius: -3.5,
      },
    ]);
  });

  it('is read from CSV with a header, in any order of columns, with what nobody asked for', () => {
    const text = '\uFEFFnote,level,time,usage\r\n"a, ""b""",1.25,2020-01-01 06:00,0\r\n,1,2020-01-01T07:00+01:00,\r\n';
    expect(parse(text)).toMatchObject([
      { level: 1.25, usage: 0, at: Date.parse('2020-01-01T06:00:00Z') },
      { level: 1, usage: undefined, at: Date.parse('2020-01-01T06:00:00Z') },
    ]);
  });

  it('is read from the heat of days', () => {
    expect(parseReplay('date,heat_kwh\n2018-01-02,3.122\n2018-01-03,89.125\n', { file })).toEqual([
      { kind: 'heat', thing: undefined, slot: undefined, at: Date.parse('2018-01-02'), day: '2018-01-02', kwh: 3.122 },
      { kind: 'heat', thing: undefined, slot: undefined, at: Date.parse('2018-01-03'), day: '2018-01-03', kwh: 89.125 },
    ]);
  });

  it.each([
    ['nothing', '', 'data/milk.csv, line 1: expected at least one reading, found nothing.'],
    ['only a header', 'date,level\n', 'data/milk.csv, line 1: expected at least one reading, found nothing.'],
    ['a level that is none', 'date,level\n2020-01-01,1\n2020-01-02,much', 'data/milk.csv, line 3: expected a level of 0 or more, found "much".'],
    ['a level below zero', 'date,level\n2020-01-01,-1', 'data/milk.csv, line 2: expected a level of 0 or more, found "-1".'],
    ['no time', 'date,level\n,1', 'line 2: expected a time (sampledAt, timestamp, time, date) such as 2026-03-01T08:00:00Z or 2026-03-01, found nothing.'],
    ['a day that does not exist', 'date,level\n2020-13-40,1', 'line 2: expected a time'],
    ['a unit that is none', 'date,level,unit\n2020-01-01,1,gallon', 'line 2: expected a unit (ml, l, g, kg, piece), found "gallon".'],
    ['a field too many', 'date,level\n2020-01-01,1,2', 'line 2: expected 2 fields, as in the header, found "3: 2020-01-01,1,2".'],
    ['no header', '2020-01-01,1\n2020-01-02,2', 'line 1: expected a header with columns such as'],
    ['neither level nor heat', 'date,usage\n2020-01-01,1', 'line 2: expected a level, or the heat of a day (heat_kwh), found nothing.'],
    ['half a document', '{"time":"2020-01-01","level":1}\n{"time":', 'line 2: expected a JSON object, found "{\\"time\\":".'],
  ])('refuses %s, and says where, what was expected and what came', (_name, text, sentence) => {
    expect(refusal(text)).toContain(sentence);
  });

  it('is understood or refused, whatever it holds', () => {
    const cell = fc.oneof(fc.string({ maxLength: 12 }), fc.double().map(String), fc.constantFrom('2020-01-01', '1e400', '', 'NaN', '-0', '"', '\u0000'));
    fc.assert(
      fc.property(fc.array(fc.array(cell, { maxLength: 4 }), { maxLength: 5 }), (rows) => {
        expect(refusal(`date,level,unit\n${rows.map((row) => row.join(',')).join('\n')}`)).toMatch(/^(taken|data\/milk\.csv, line \d+: expected )/);
      }),
    );
  });
});

describe('a recording in the simulated world', () => {
  let directory = '';
  beforeAll(async () => {
    directory = await newDirectory();
  });
  afterAll(() => removeDirectory(directory));

  const recorded = async (text: string, place: { thing?: string; slot?: string } = {}) => {
    const path = join(directory, 'recorded');
    await writeFile(path, text);
    const household = { householdId: 'hh_anna', account: 'acc', members: [], things: [fridgeSpec(), heatingSpec()] };
    const simulation = await writeSimulation(directory, {
      ...{ seed: 1, startsAt: instantOf(startsAt), conductorPort: 1, brokerPort: 2, brokerCa: '/ca.pem', apiUrl: 'http://127.0.0.1:3' },
      ...{ ledgers: '/l', doorstep: '/d', households: [household], replay: [{ file: path, ...place }] },
    });
    return readRecordings(await readSimulation(simulation));
  };

  it('begins with its first line when the run begins, and speaks in place of its slot only', async () => {
    const text = 'time,level,unit,usage\n2019-05-01T10:00Z,900,ml,10\n2019-05-01T22:30Z,700,ml,210\n2019-05-04T10:00Z,1500,ml,60\n';
    const said = (await recorded(text, { thing: 'fridge-anna', slot: 'milk' })).get('fridge-anna')?.said ?? [];
    const home = { seed: 1, thing, timeZone };
    const device = new Device(fridgeSpec(), fridge(fridgeSpec(), home), home, { startsAt, switchedOnAt: startsAt, past: noPast(), said });
    const lines = [...device.switchOn(startsAt), ...device.act(startsAt + 5 * day)];
    const milk = lines.flatMap((line) => (line.kind === 'reading' && line.reading.slot === 'milk' ? [line.reading] : []));
    expect(milk.map(({ sampledAt, level, usage }) => ({ sampledAt, level, usage }))).toEqual([
      { sampledAt: instantOf(startsAt), level: { amount: 900, unit: 'ml' }, usage: 0 },
      { sampledAt: instantOf(startsAt + 12.5 * 3_600_000), level: { amount: 700, unit: 'ml' }, usage: 200 },
      // The recorded device was started again: what its counter shows has been used since.
      { sampledAt: instantOf(startsAt + 3 * day), level: { amount: 1_500, unit: 'ml' }, usage: 260 },
    ]);
    expect(lines.filter((line) => line.kind === 'consumed' && line.slot === 'milk')).toEqual([]);
    expect(lines.filter((line) => line.kind === 'reading' && line.reading.slot === 'eggs').length).toBeGreaterThan(5);
    expect(device.nextAt).toBeGreaterThan(startsAt + 5 * day);
  });

  it('gives the heat of its first day to the day on which the run begins', async () => {
    const replayed = (await recorded('date,heat_kwh\n2018-01-02,3.122\n2018-01-03,89.125\n2018-01-05,1\n')).get('heating-berger');
    expect(['2026-03-01', '2026-03-02', '2026-03-03', '2026-03-04', '2026-03-05'].map((date) => replayed?.recordedKwh(date))).toEqual([
      ...[undefined, 3.122, 89.125, undefined, 1],
    ]);
    expect(replayed?.said).toEqual([]);
  });

  it.each([
    [
      'a thing that is not there',
      { thing: 'fridge-nobody', slot: 'milk' },
      'date,level\n2020-01-01,1',
      /expected a thing of this simulation, found fridge-nobody\.$/,
    ],
    ['no thing', {}, 'date,level\n2020-01-01,1', /expected a thing of this simulation, found none\.$/],
    ['a slot that is not there', { thing: 'fridge-anna', slot: 'beer' }, 'date,level\n2020-01-01,1', /expected a slot of fridge-anna, found beer\.$/],
    ['milk by the piece', { thing: 'fridge-anna', slot: 'milk' }, 'date,level,unit\n2020-01-01,1,piece', /expected milk of fridge-anna in l, found piece\.$/],
    ['heat for a fridge', { thing: 'fridge-anna' }, 'date,heat_kwh\n2020-01-01,1', /expected a heating for a day's heat, found fridge-anna, a fridge\.$/],
  ])('is refused for %s', async (_name, place, text, sentence) => {
    await expect(recorded(text, place)).rejects.toThrow(sentence);
    await expect(recorded(text, place)).rejects.toThrow(WrongSimulation);
  });

  it('keeps every line of several things and slots, each with its own', async () => {
    const lines = [
      { time: '2020-01-02T00:00Z', thing: 'heating-berger', slot: 'tank', level: 300, outdoorCelsius: 2 },
      { time: '2020-01-01T00:00Z', thing: 'fridge-anna', slot: 'eggs', level: 7 },
    ];
    const replayed = await recorded(lines.map((line) => JSON.stringify(line)).join('\n'));
    expect(replayed.get(thing)?.said).toMatchObject([{ slot: 'eggs', at: startsAt, level: 7, unit: 'piece' }]);
    expect(replayed.get(thingNameSchema.parse('heating-berger'))?.said).toMatchObject([
      { slot: 'tank', at: startsAt + day, level: 300, unit: 'l', outdoorCelsius: 2 },
    ]);
  });
});
