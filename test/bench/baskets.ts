/**
 * What comes along and what is bought while it is cheap, tried for half a year on households that only a seed has made: with each of the two, without,
 * and with both. A signal that costs more than it saves would show here.
 */
import { liveWith, type BasketFigures, type Policy } from '../shared/order/basket-world.ts';
import { table } from './table.ts';

const SEEDS = [1, 2, 3];
const DAYS = 180;
const POLICIES: readonly (Policy & { readonly name: string })[] = [
  { name: 'only what is low', joins: false, stocksUp: false },
  { name: 'and what comes along', joins: true, stocksUp: false },
  { name: 'and more while it is cheap', joins: false, stocksUp: true },
  { name: 'both', joins: true, stocksUp: true },
];

export function baskets(): Promise<void> {
  process.stdout.write(
    `${String(SEEDS.length)} households (seeds ${SEEDS.join(', ')}) with twelve things, ${String(DAYS)} days; figures are of one household.\n`,
  );
  const results = POLICIES.map((policy) => {
    const figures = SEEDS.map((seed) => liveWith(policy, seed, DAYS));
    process.stderr.write(`  ${policy.name}\n`);
    return { policy, of: (read: (one: BasketFigures) => number) => figures.reduce((sum, one) => sum + read(one), 0) / figures.length };
  });
  const [base] = results;
  if (base === undefined) throw new Error('expected policies');
  const heads = ['orders hold', 'deliveries', '', 'per thing', 'fees', '', 'goods cost', 'goods and fees', 'packs held', '', 'run-out days'];
  const rows = results.map(({ policy, of }) => {
    const ratio = (read: (one: BasketFigures) => number): string => `${(of(read) / base.of(read)).toFixed(2)} ×`;
    // Of what the same goods usually cost: what is left in the cupboards at the end has its value.
    const share = (read: (one: BasketFigures) => number): string => `${((100 * of(read)) / of((one) => one.usualMinor)).toFixed(1)} %`;
    return [
      ...[policy.name, of((one) => one.deliveries).toFixed(1), ratio((one) => one.deliveries), of((one) => one.deliveries / one.lines).toFixed(2)],
      ...[`${of((one) => one.feesMinor / 100).toFixed(2)} €`, ratio((one) => one.feesMinor)],
      ...[share((one) => one.goodsMinor), share((one) => one.goodsMinor + one.feesMinor)],
      ...[of((one) => one.held).toFixed(1), ratio((one) => one.held), of((one) => one.runOutDays).toFixed(1)],
    ];
  });
  process.stdout.write(`${table(heads, rows)}\n`);
  return Promise.resolve();
}
