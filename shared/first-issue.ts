/** What a schema found wrong, in one sentence. */
import type { z } from 'zod';

/** The first thing, with the member it is wrong in; `whole` where it is the thing itself. At most 200 characters. */
export function firstIssue(error: z.ZodError, whole: string): string {
  const [issue] = error.issues;
  const member = issue?.path.join('.') ?? '';
  return `${member === '' ? whole : member}: ${issue?.message ?? 'refused'}`.slice(0, 200);
}
