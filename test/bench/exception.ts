/**
 * Report by exception: how much later a household's stockout is foreseen when its devices say less. What the household does is the same for
 * every rule; the real sensor sees it, and the real `observe` hears what the rule lets through.
 */
import { isWorthTelling } from '../../device-sim/sensor.ts';
import { livesOf, runRule, type Rule, type RuleFigures } from './exception-world.ts';
import { table } from './table.ts';

const EVERY_FIVE_MINUTES: Rule = { name: 'a message every five minutes', everyMinutes: 5, tells: () => true };
const print = (text: string): void => void process.stdout.write(`${text}\n`);
const whole = (percent: number): string => `${percent} % of what the slot holds`;
const rules: readonly Rule[] = [
  EVERY_FIVE_MINUTES,
  { name: 'every change after the door', tells: (spec, change) => isWorthTelling(spec, change, 0) },
  ...[1, 2, 3, 4, 5, 6, 8, 10, 15].map((percent): Rule => ({
    name: whole(percent),
    tells: (spec, change) => isWorthTelling(spec, change, percent / 100),
  })),
];

export function exception(): Promise<void> {
  const lives = livesOf();
  print(`${lives.length} slots of three households' fridges, six weeks, the first two for learning; errors are of the projected stockout's median.`);
  const figures = rules.map((rule) => {
    const result = runRule(rule, lives);
    process.stderr.write(`  ${rule.name}: ${result.messagesPerDay.toFixed(2)} messages a day\n`);
    return { rule, result };
  });
  const [base] = figures;
  if (base === undefined) throw new Error('expected rules');
  print(
    table(
      ['falls by less than this wait', 'messages a day', 'fewer', 'writes a day', 'error (days)', 'more'],
      figures.map(({ rule, result }) => row(rule.name, result, base.result)),
    ),
  );
  print('\nMessages and writes are of one slot. Goal: 36 times fewer messages with an error of at most 2 % more.');
  return Promise.resolve();
}

const row = (name: string, { messagesPerDay, writesPerDay, errorDays }: RuleFigures, base: RuleFigures): string[] => [
  ...[name, messagesPerDay.toFixed(2), `${(base.messagesPerDay / messagesPerDay).toFixed(0)} ×`, writesPerDay.toFixed(2)],
  ...[errorDays.toFixed(3), `${((errorDays / base.errorDays - 1) * 100).toFixed(1)} %`],
];
