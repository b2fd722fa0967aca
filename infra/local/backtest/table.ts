/** What is printed. */
import { bootstrapInterval } from './bootstrap.ts';
import { calibrationOf, type Calibration } from './calibration.ts';
import type { Results } from './run.ts';
import { signalLines, signalReport, type SignalReport } from './signals-table.ts';
import { add, NOTHING, type Method, type Scenario, type Tally } from './scenario.ts';

export interface Row {
  readonly method: string;
  readonly kind: Method['kind'];
  /** By column, with the middle 90 % over households drawn anew. */
  readonly figures: Readonly<Record<string, { readonly value: number; readonly low: number; readonly high: number }>>;
}

export interface Report {
  readonly households: number;
  readonly items: number;
  readonly needs: number;
  readonly itemDays: number;
  readonly rows: readonly Row[];
  readonly calibration?: Calibration;
  readonly signals?: SignalReport;
  readonly goals: readonly string[];
}

export function reportOf(scenario: Scenario, { households, projections, signals = [] }: Results): Report {
  const tallied = (method: string): Tally[] => households.flatMap(({ tallies }) => tallies[method] ?? []);
  const whole = tallied(scenario.methods[0]?.name ?? '').reduce(add, NOTHING);
  return {
    households: households.length,
    items: households.reduce((sum, { items }) => sum + items, 0),
    needs: whole.needs,
    itemDays: whole.itemDays,
    rows: scenario.methods.map(({ name, kind }) => {
      const tallies = tallied(name);
      const sum = tallies.reduce(add, NOTHING);
      const figures = scenario.columns.map(
        (column) => [column.name, { value: column.value(sum), ...bootstrapInterval(tallies, (tally) => column.value(tally)) }] as const,
      );
      return { method: name, kind, figures: Object.fromEntries(figures) };
    }),
    ...(projections.length > 0 && { calibration: calibrationOf(projections) }),
    ...(signals.length > 0 && { signals: signalReport(signals) }),
    goals: scenario.goals,
  };
}

const WIDTH = 26;
const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

export function linesOf(scenario: Scenario, report: Report): string[] {
  const { households, items, needs, itemDays, rows, calibration, signals, goals } = report;
  const head = ['method'.padEnd(WIDTH), ...scenario.columns.map(({ name }) => name.padStart(WIDTH))].join('');
  const figure = (row: Row, { name, digits }: Scenario['columns'][number]): string => {
    const { value, low, high } = row.figures[name] ?? { value: NaN, low: NaN, high: NaN };
    return `${value.toFixed(digits)} (${low.toFixed(digits)}–${high.toFixed(digits)})`.padStart(WIDTH);
  };
  return [
    `${households} households, ${items} items, ${needs} needs, ${itemDays} item-days. In brackets the middle 90 % over households drawn anew.`,
    '',
    head,
    ...rows.map(
      (row) => `${`${row.kind === 'ours' ? '* ' : '  '}${row.method}`.padEnd(WIDTH)}${scenario.columns.map((column) => figure(row, column)).join('')}`,
    ),
    '',
    ...(calibration ? calibrationLines(calibration) : []),
    ...(signals ? signalLines(signals) : []),
    ...goals.map((goal) => `Goal: ${goal}.`),
  ];
}

function calibrationLines({ projections, covered, open, deciles }: Calibration): string[] {
  return [
    `The 80 % interval of the projected stockout covers ${percent(covered)} of ${projections} outcomes. By decile of the rate that was forecast:`,
    ...deciles.map(({ perDay, covered: share, projections: many }, index) =>
      [
        String(index + 1).padStart(4),
        `${(1 / Math.max(1e-9, perDay)).toFixed(0)} days a unit`.padStart(20),
        percent(share).padStart(10),
        `of ${many}`.padStart(10),
      ].join(''),
    ),
    ...(open.projections > 0 ? [`${open.projections} more end beyond a year; ${percent(open.covered)} of these were right in when they begin.`] : []),
    '',
  ];
}
