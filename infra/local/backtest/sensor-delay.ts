/** How long an order takes until its morning, as somebody can know it who has seen many. */
import type { Trial } from './scenario.ts';

/** Days from the evening of an order; both ranges are even, and whole days of the first. */
export function delayDays({ delays: { leadTimeDays: lead, approvalHours: approval } }: Trial): {
  readonly mean: number;
  readonly sd: number;
  readonly most: number;
} {
  const steps = lead.most - lead.least + 1;
  const variance = (steps ** 2 - 1) / 12 + ((approval.most - approval.least) / 24) ** 2 / 12;
  return {
    mean: (lead.least + lead.most) / 2 + (approval.least + approval.most) / 48,
    sd: Math.sqrt(variance),
    most: lead.most + approval.most / 24,
  };
}
