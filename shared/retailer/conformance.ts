/**
 * What a shop's endpoint has to show before it gets a household's order. The operator's side makes the run, against the address that is
 * registered, so that a shop cannot report for itself; here is only what such a report must say, and what of it is kept.
 */
import { z } from 'zod';
import { digest } from '../digest.ts';
import { ignored, rejected, type Instant, type Outcome } from '../values.ts';
import type { Retailer } from './retailer.ts';

/** Every check of a run, in the order in which they are made. A check that is added here asks every shop to be checked anew when it is next set up. */
export const conformanceChecks = [
  ...(['good-signature', 'shared-scheme', 'second-version', 'two-signatures', 'fifty-lines'] as const),
  ...(['order-by-id', 'unknown-order', 'unsigned-question'] as const),
  ...(['wrong-secret', 'changed-body', 'other-id', 'too-old', 'too-new', 'header-missing', 'refused-is-not-kept'] as const),
  ...(['same-message-twice', 'same-message-at-once', 'given-up-after-commit'] as const),
  ...(['cancel', 'cancel-before-order', 'message-about-unknown-order', 'too-late'] as const),
  ...(['no-redirect', 'in-time'] as const),
] as const;
/** What the shop's own endpoint cannot show, and only a run of the operator's side can look up: whether we take what the shop signs. */
export const operatorChecks = ['signed-answer'] as const;
export type ConformanceCheck = (typeof conformanceChecks)[number] | (typeof operatorChecks)[number];

export const conformanceFindingSchema = z.strictObject({
  check: z.enum([...conformanceChecks, ...operatorChecks]),
  passed: z.boolean(),
  /** What the shop has to do, what it did, and what somebody should change, each in a sentence. */
  expected: z.string().min(1).max(400),
  came: z.string().min(1).max(400),
  /** Also of a passed check, where something is worth a look. */
  advice: z.string().min(1).max(400).optional(),
});
export type ConformanceFinding = z.infer<typeof conformanceFindingSchema>;

export const conformanceReportSchema = z.strictObject({
  /** What was checked: it counts for these addresses only. */
  webhookUrl: z.url().max(500),
  apiUrl: z.url().max(500),
  findings: z.array(conformanceFindingSchema).max(50),
});
export type ConformanceReport = z.infer<typeof conformanceReportSchema>;

/** Passed is what passed every check there is: one that was left out was not passed. */
export const isPassed = ({ findings }: Pick<ConformanceReport, 'findings'>): boolean =>
  conformanceChecks.every((check) => findings.some((finding) => finding.check === check && finding.passed)) && findings.every(({ passed }) => passed);

/**
 * Keeps that the shop has passed, and which report says so; the report itself stays with whoever made the run. Rejected with `not-passed`, or with `another-address` when it is not
 * this shop's endpoint that was checked.
 */
export function passConformance(retailer: Retailer, report: ConformanceReport, now: Instant): Outcome<Retailer, never> {
  if (report.webhookUrl !== retailer.webhookUrl || report.apiUrl !== retailer.apiUrl) return rejected('another-address');
  if (!isPassed(report)) return rejected('not-passed');
  const reportDigest = digest(report);
  if (retailer.conformance?.reportDigest === reportDigest) return ignored('repeat');
  return { kind: 'changed', state: { ...retailer, conformance: { passedAt: now, reportDigest } }, events: [] };
}

/** Whether the shop may be asked for what a household needs: it has passed a run since its addresses last changed, and answers. */
export const isLive = ({ conformance, disabled }: Pick<Retailer, 'conformance' | 'disabled'>): boolean => conformance !== undefined && disabled === undefined;
