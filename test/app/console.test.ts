/** What the console's pictures and tables are made of, without a screen. */
import { describe, expect, it } from 'vitest';
import { csvText } from '../../app/console/csv.ts';
import { feelingOf, feltAs, layOut, phases } from '../../app/console/map-layout.ts';
import { instantSchema } from '../../shared/values.ts';

const at = instantSchema.parse('2026-03-02T08:00:00.000Z');
const cell = { lane: 'household', phase: 'support', channel: 'app', count: 4, last: at } as const;
const felt = (phase: (typeof phases)[number], value: number, confidence: number) => ({ at, phase, value, confidence, source: 'csat' as const });

describe('the journey map', () => {
  it('has a column for each phase, or for each word of AIDA', () => {
    const journey = { map: [cell], planned: [], emotion: [] };
    expect(layOut(journey, 'phases').columns.map(({ key }) => key)).toEqual(phases);
    expect(layOut(journey, 'aida').columns.map(({ key }) => key)).toEqual(['attention', 'interest', 'desire', 'action', 'satisfaction']);
  });

  it('puts what happened over what was planned, at the same place', () => {
    const [household, company] = layOut(
      { map: [cell], planned: [cell, { lane: 'company', phase: 'closing', channel: 'retailer' }], emotion: [] },
      'phases',
    ).lanes;
    expect(household?.dots[0]).toMatchObject({ x: household?.rings[0]?.x, y: household?.rings[0]?.y, count: 4 });
    expect([company?.dots, company?.rings.length]).toEqual([[], 1]);
  });

  it('adds up phases that AIDA takes for one', () => {
    const map = [cell, { ...cell, phase: 'loyalty', count: 2, feeling: -1 }, { ...cell, phase: 'logistics', count: 2, feeling: 0.5 }] as const;
    const [household] = layOut({ map: [...map], planned: [], emotion: [] }, 'aida').lanes;
    expect(household?.dots).toMatchObject([{ count: 8, feeling: -0.25 }]);
  });

  it('breaks the curve where nobody knows, and weighs what is known', () => {
    const emotion = [felt('awareness', 1, 0.1), felt('awareness', -1, 0.3), felt('information', 1, 1), felt('loyalty', 0, 1)];
    expect(feelingOf(emotion, 'awareness', 'phases')).toBeCloseTo(-0.5);
    const { curve } = layOut({ map: [cell], planned: [], emotion }, 'phases');
    expect(curve.map((piece) => piece.map(({ value }) => Math.round(value * 10) / 10))).toEqual([[-0.5, 1], [0]]);
    expect([feltAs(undefined), feltAs(-0.5), feltAs(0), feltAs(1)]).toEqual(['unknown', 'bad', 'middling', 'good']);
  });
});

it('a table is written so that a spreadsheet reads it and reckons nothing', () => {
  expect(
    csvText(
      ['a', 'b'],
      [
        ['x,"y"', 1],
        ['=1+1', -2],
        ['two\nlines', 0],
      ],
    ),
  ).toBe('\ufeffa,b\r\n"x,""y""",1\r\n\'=1+1,-2\r\n"two\nlines",0\r\n');
});
