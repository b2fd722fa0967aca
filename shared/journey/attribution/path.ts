/**
 * A touch path: the channels that were touched, in their order, and what came of it. Rows of one path may be aggregated: then they count as often as
 * they converted and as they lapsed. (Not a _conversion path_, which is a chain of messages that the company sends.)
 */
export interface TouchPath {
  /** Names of channels, the first touch first; never empty. */
  readonly steps: readonly string[];
  /** How often it ended in a conversion, and what all of these were worth together. */
  readonly conversions: number;
  readonly value: number;
  /** How often it ended without one. */
  readonly nulls: number;
}

export const SEPARATOR = '>';

/** `alpha > beta` → its steps. Spaces round the names do not count, and neither do empty steps. */
export const stepsOf = (text: string): string[] =>
  text
    .split(SEPARATOR)
    .map((step) => step.trim())
    .filter((step) => step !== '');

export const withoutNulls = (paths: readonly TouchPath[]): TouchPath[] => paths.map((path) => ({ ...path, nulls: 0 }));

/** Every channel that is touched at all, by its letters. */
export const channelsOf = (paths: readonly TouchPath[]): string[] => [...new Set(paths.flatMap(({ steps }) => steps))].sort();

export interface Totals {
  readonly conversions: number;
  readonly value: number;
  readonly nulls: number;
}
export const totalsOf = (paths: readonly TouchPath[]): Totals =>
  paths.reduce((sum, { conversions, value, nulls }) => ({ conversions: sum.conversions + conversions, value: sum.value + value, nulls: sum.nulls + nulls }), {
    conversions: 0,
    value: 0,
    nulls: 0,
  });
