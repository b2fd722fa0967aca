/**
 * How well the emotion curve follows the hidden mood of simulated households: Spearman's rank correlation, over all weeks of all households, of
 * the curve at a week's end with the week's mean mood; and what each kind of source adds to it.
 */
import { feltAt } from '../../shared/journey/emotion/curve.ts';
import { feltIn } from '../../shared/journey/emotion/felt-in.ts';
import type { EmotionPoint } from '../../shared/journey/emotion/points.ts';
import { spearman } from '../../infra/local/auditor/mood-followed.ts';
import { duration, instantOf, millisOf } from '../../shared/values.ts';
import { liveOne, STARTS_AT, type Lives } from './emotion-world.ts';
import { table } from './table.ts';

const SEEDS = [1, 2, 3, 4, 5];
const [HOUSEHOLDS, DAYS] = [60, 60];
const WEEK = duration(7, 'days');

/** What was known, and how it really was: one pair for each week of which something is known. */
export function weeksOf(
  { notes, moods }: Lives,
  knows: (point: EmotionPoint) => boolean = () => true,
): { known: { felt: number; mood: number }[]; weeks: number } {
  const points = feltIn(
    notes.map((note) => ({ ...note, phase: 'loyalty' as const })),
    'Europe/Berlin',
  ).filter(knows);
  const weeks = Math.floor(DAYS / 7);
  const known = Array.from({ length: weeks }, (_, week) => {
    const end = instantOf(millisOf(STARTS_AT) + (week + 1) * WEEK);
    const of = moods.filter(({ at }) => at <= end && millisOf(at) > millisOf(end) - WEEK).map(({ value }) => value);
    const felt = feltAt(points, end).value;
    return felt === undefined ? [] : [{ felt, mood: of.reduce((sum, value) => sum + value, 0) / of.length }];
  }).flat();
  return { known, weeks };
}

const SAID = new Set(['nps', 'csat', 'ces']);
const CHOICES: readonly { readonly name: string; readonly knows: (point: EmotionPoint) => boolean }[] = [
  { name: 'all sources', knows: () => true },
  { name: 'without promised against delivered', knows: ({ source }) => source !== 'promise' },
  { name: 'surveys only', knows: ({ source }) => SAID.has(source) },
  { name: 'without surveys', knows: ({ source }) => !SAID.has(source) },
];

export async function emotion(): Promise<void> {
  process.stdout.write(`${HOUSEHOLDS} households for ${DAYS} days, seeds ${SEEDS.join(', ')}\n`);
  const rows = new Map(CHOICES.map(({ name }) => [name, { rhos: [] as (number | undefined)[], known: 0, weeks: 0 }]));
  for (const seed of SEEDS) {
    const lives = await Promise.all(Array.from({ length: HOUSEHOLDS }, (_, index) => liveOne(seed, index, DAYS)));
    for (const { name, knows } of CHOICES) {
      const found = lives.map((one) => weeksOf(one, knows));
      const pairs = found.flatMap(({ known }) => known);
      const row = rows.get(name);
      row?.rhos.push(
        spearman(
          pairs.map(({ felt }) => felt),
          pairs.map(({ mood }) => mood),
        ),
      );
      if (row === undefined) continue;
      row.known += pairs.length;
      row.weeks += found.reduce((sum, { weeks }) => sum + weeks, 0);
    }
  }
  const shown = [...rows].map(([name, { rhos, known, weeks }]) => [
    name,
    ...rhos.map((rho) => rho?.toFixed(2) ?? '–'),
    (rhos.reduce<number>((sum, rho) => sum + (rho ?? 0), 0) / rhos.length).toFixed(2),
    `${((100 * known) / weeks).toFixed(0)} %`,
  ]);
  process.stdout.write(`${table(['rank correlation with the mood', ...SEEDS.map((seed) => `seed ${seed}`), 'mean', 'weeks known'], shown)}\n`);
}
