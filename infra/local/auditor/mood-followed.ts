/**
 * How well the emotion curve follows the mood that people really had: Spearman's rank correlation of the curve at the end of each week with
 * the mean of that week's mood, over the weeks of all households of which the curve knows anything. Unknown weeks are no points.
 */
import { z } from 'zod';
import { feltAt } from '../../../shared/journey/emotion/curve.ts';
import { feltIn } from '../../../shared/journey/emotion/felt-in.ts';
import type { EmotionPoint } from '../../../shared/journey/emotion/points.ts';
import { circleSchema } from '../../../shared/journey/identity/circle.ts';
import { instantOf, millisOf, type Instant } from '../../../shared/values.ts';
import { byHousehold } from '../journeys/read-journeys.ts';
import type { Facts } from './facts.ts';

export const moodFollowedSchema = z.strictObject({
  /** Weeks of a household with a known feeling, of so many. */
  points: z.int().min(0),
  of: z.int().min(0),
  /** −1 to 1; absent below three points, or where all are alike. */
  rankCorrelation: z.number().min(-1).max(1).optional(),
});
const WEEK = 7 * 86_400_000;

/** Undefined where nobody had a mood. */
export function moodFollowed({
  life: { moods },
  touchpoints,
  items,
  startsAt,
}: Pick<Facts, 'life' | 'touchpoints' | 'items' | 'startsAt'>): z.infer<typeof moodFollowedSchema> | undefined {
  if (moods.length === 0) return undefined;
  const weeks = [...weeksOf(moods, startsAt).values()];
  const points = pointsByHousehold({ touchpoints, items });
  const known = weeks.flatMap(({ householdId, end, values }) => {
    const felt = feltAt(points.get(householdId) ?? [], end).value;
    return felt === undefined ? [] : [{ felt, mood: values.reduce((sum, value) => sum + value, 0) / values.length }];
  });
  const rho = spearman(
    known.map(({ felt }) => felt),
    known.map(({ mood }) => mood),
  );
  return { points: known.length, of: weeks.length, ...(rho !== undefined && { rankCorrelation: rho }) };
}

function weeksOf(moods: Facts['life']['moods'], startsAt: Instant) {
  const weeks = new Map<string, { householdId: string; end: Instant; values: number[] }>();
  for (const { householdId, at, value } of moods) {
    // A midnight ends its day, and every seventh one a week.
    const week = Math.ceil((millisOf(at) - millisOf(startsAt)) / WEEK);
    const end = instantOf(millisOf(startsAt) + week * WEEK);
    const known = weeks.get(`${householdId} ${week}`) ?? { householdId, end, values: [] };
    weeks.set(`${householdId} ${week}`, { ...known, values: [...known.values, value] });
  }
  return weeks;
}

/** Of all who are known to belong to a household, as its own page shows them. */
function pointsByHousehold({ touchpoints, items }: Pick<Facts, 'touchpoints' | 'items'>): Map<string, EmotionPoint[]> {
  const records = items.filter(({ key }) => key.endsWith('/CIRCLE')).flatMap(({ state }) => circleSchema.parse(state).records);
  const homes = byHousehold({ touchpoints: touchpoints.map(({ state }) => state), records });
  return new Map([...homes].map(([householdId, of]) => [householdId, feltIn(of, 'Europe/Berlin')]));
}

/** Ties share the mean of their ranks. */
function ranks(values: readonly number[]): number[] {
  return values.map((value) => values.filter((other) => other < value).length + (values.filter((other) => other === value).length + 1) / 2);
}

/** Pearson's correlation of the ranks, rounded to a thousandth. */
export function spearman(a: readonly number[], b: readonly number[]): number | undefined {
  if (a.length < 3 || a.length !== b.length) return undefined;
  const [ra, rb, mean] = [ranks(a), ranks(b), (a.length + 1) / 2];
  const sum = (x: readonly number[], y: readonly number[]) => x.reduce((all, value, index) => all + (value - mean) * ((y[index] ?? mean) - mean), 0);
  const spread = Math.sqrt(sum(ra, ra) * sum(rb, rb));
  return spread === 0 ? undefined : Math.round((sum(ra, rb) / spread) * 1_000) / 1_000;
}
