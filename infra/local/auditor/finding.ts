/** Something that must not be, and the line that makes it happen again. */
import { z } from 'zod';
import { faultKinds, type FaultKind } from '../faults/kinds.ts';
import { HOUSEHOLDS_DEFAULT } from '../scenario/scenario.ts';
import { instantSchema, millisOf, type Instant } from '../../../shared/values.ts';

export interface Finding {
  readonly rule: string;
  readonly subject: string;
  readonly expected: string;
  readonly actual: string;
  /** The product moment by which it had happened. */
  readonly at: Instant;
}

export const violationSchema = z.strictObject({
  rule: z.string(),
  subject: z.string(),
  expected: z.string(),
  actual: z.string(),
  at: instantSchema,
  /** The command that leads to it once more. */
  reproduce: z.string(),
});
export type Violation = z.infer<typeof violationSchema>;

const MINUTE = 60_000;
const twoDigits = (number: number): string => String(number).padStart(2, '0');

/** The span from the beginning as `--until` takes it: `3d04h12m`, rounded up to the minute so that the moment is inside, and never none. */
export function spanUntil(startsAt: Instant, at: Instant): string {
  const minutes = Math.max(1, Math.ceil((millisOf(at) - millisOf(startsAt)) / MINUTE));
  const [days, hours] = [Math.floor(minutes / 1_440), Math.floor(minutes / 60) % 24];
  return `${days}d${twoDigits(hours)}h${twoDigits(minutes % 60)}m`;
}

export function asViolation(finding: Finding, run: { startsAt: Instant; seed: number; households: number; faults?: readonly FaultKind[] }): Violation {
  const { rule, subject, expected, actual, at } = finding;
  const households = run.households === HOUSEHOLDS_DEFAULT ? '' : ` --households ${run.households}`;
  const faults =
    run.faults === undefined || run.faults.length === 0 ? '' : ` --faults ${run.faults.length === faultKinds.length ? 'all' : run.faults.join(',')}`;
  return { rule, subject, expected, actual, at, reproduce: `npm start -- --seed ${run.seed}${households}${faults} --until ${spanUntil(run.startsAt, at)}` };
}
