/** How bad it is to run out, in words that a person chooses from, and the service level that each stands for. Without zod, for the app. */

/** Q* = Cu / (Cu + Co), the newsvendor ratio: being without is as bad as 4, 9, 19 or 99 times one pack too many. */
export const SERVICE_LEVELS = { 'does-not-matter': 0.8, annoying: 0.9, bad: 0.95, never: 0.99 } as const;
export type RunOut = keyof typeof SERVICE_LEVELS;

export const runOuts = ['does-not-matter', 'annoying', 'bad', 'never'] as const satisfies readonly RunOut[];

/** The word that stands nearest to a service level, however that was set. */
export const runOutOf = (serviceLevel: number): RunOut =>
  runOuts.reduce((nearest, word) => (distance(word, serviceLevel) < distance(nearest, serviceLevel) ? word : nearest));

/** In odds, not in points: 0.99 is as far from 0.95 as 0.95 from 0.8. */
const distance = (word: RunOut, serviceLevel: number): number => Math.abs(logOdds(SERVICE_LEVELS[word]) - logOdds(serviceLevel));
const logOdds = (level: number): number => Math.log(level / (1 - level));
