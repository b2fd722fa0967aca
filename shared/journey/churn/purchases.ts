/** What the purchase models know of a customer: how often, how lately, for how long, and how evenly. Times are in any one unit. */

export interface History {
  /** Purchases after the first: a whole number, 0 or more; those of one day are one. */
  readonly x: number;
  /** From the first purchase to the last; 0 when there was only the first. */
  readonly tx: number;
  /** From the first purchase to the end of what was seen, at least `tx`. */
  readonly T: number;
  /** The sum of the logarithms of the times between purchases (`litt`); absent: not known. */
  readonly logGaps?: number;
}

/** Customers with the same history count together: nothing else of them matters to a model. */
export interface Group extends History {
  readonly customers: number;
}

/** `logGaps` only adds up and never meets a parameter: it does not keep two groups apart. */
export function groupHistories(histories: readonly (History & { readonly customers?: number })[]): Group[] {
  const groups = new Map<string, { -readonly [Key in keyof Group]: Group[Key] }>();
  for (const { x, tx, T, logGaps, customers = 1 } of histories) {
    const key = `${x} ${tx} ${T} ${Number(logGaps === undefined)}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { x, tx, T, customers, ...(logGaps !== undefined && { logGaps }) });
    else {
      // The mean of the group, so that the group's own history is one of its customers'.
      if (logGaps !== undefined && group.logGaps !== undefined)
        group.logGaps = (group.logGaps * group.customers + logGaps * customers) / (group.customers + customers);
      group.customers += customers;
    }
  }
  return [...groups.values()];
}

/** The same lives told in another unit of time: `factor` units of the new to one of the old. */
export const inUnits = <Kind extends History>(history: Kind, factor: number): Kind => ({
  ...history,
  tx: history.tx * factor,
  T: history.T * factor,
  ...(history.logGaps !== undefined && { logGaps: history.logGaps + history.x * Math.log(factor) }),
});
