/** What watching the price of oil saves and costs, tried for a year and a half on houses that only a seed has made: with it, and without. */
import { liveWithTank, type PriceCourse, type TankFigures, type TankPolicy } from '../shared/order/tank-world.ts';
import { table } from './table.ts';

const SEEDS = [1, 2, 3];
const DAYS = 540;
const POLICIES: readonly (TankPolicy & { readonly name: string })[] = [
  { name: 'when it is low', stocksUp: false, watchesPrice: false },
  { name: 'and more if it is cheap then', stocksUp: true, watchesPrice: false },
  { name: 'and when it is cheap', stocksUp: true, watchesPrice: true },
];
const COURSES: Readonly<Record<PriceCourse, string>> = { weeks: 'a week in seven an eighth less', walk: 'goes where it likes' };

export function tank(): Promise<void> {
  process.stdout.write(`${String(SEEDS.length)} houses with 3,000 l (seeds ${SEEDS.join(', ')}), ${String(DAYS)} days; figures are of one house.\n`);
  const rows = (['weeks', 'walk'] as const).flatMap((course) =>
    POLICIES.map((policy) => {
      const figures = SEEDS.map((seed) => liveWithTank(policy, course, seed, DAYS));
      process.stderr.write(`  ${COURSES[course]}: ${policy.name}\n`);
      const of = (read: (one: TankFigures) => number): number => figures.reduce((sum, one) => sum + read(one), 0) / figures.length;
      return [
        ...[COURSES[course], policy.name, of(({ orders }) => orders).toFixed(1), `${(of(({ paidMinor }) => paidMinor) / 100).toFixed(2)} €`],
        ...[`${((100 * of(({ paidMinor }) => paidMinor)) / of(({ meanMinor }) => meanMinor)).toFixed(1)} %`, of(({ held }) => held).toFixed(0)],
        of(({ emptyDays }) => emptyDays).toFixed(1),
      ];
    }),
  );
  process.stdout.write(`${table(['price', 'oil is ordered', 'orders', 'paid for 100 l', 'of the mean price', 'litres held', 'days empty'], rows)}\n`);
  return Promise.resolve();
}
