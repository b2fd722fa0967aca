/** What a schema has to say of a value, told of the form that was meant where it may have several. */
import type { z } from 'zod';

export interface MeantIssue {
  readonly path: readonly PropertyKey[];
  readonly issue: z.core.$ZodIssue;
}

/** Of several forms that something may have, the one that is meant has no member of another form, and the fewest faults. */
export function meantBy(issue: z.core.$ZodIssue, above: readonly PropertyKey[] = []): readonly MeantIssue[] {
  const path = [...above, ...issue.path];
  if (issue.code !== 'invalid_union') return [{ path, issue }];
  const meant = issue.errors.filter((form) => form.length > 0 && !form.some(isForeign)).sort((a, b) => a.length - b.length)[0];
  return meant === undefined ? [{ path, issue }] : meant.flatMap((one) => meantBy(one, path));
}

const isForeign = (one: z.core.$ZodIssue): boolean =>
  one.path.length === 0 &&
  (one.code === 'unrecognized_keys' || (one.code === 'invalid_union' && one.errors.length > 0 && one.errors.every((form) => form.some(isForeign))));
