/** Mappings that come with the product, for whoever can shape what a CRM or a survey tool sends: the bodies stand in the guide “Feed the journey”. */
import type { z } from 'zod';
import type { mappingSchema } from './mapping.ts';

const who = { householdId: 'householdId', userId: 'userId', email: 'email', phone: 'phone', customerNumber: 'customerNumber' } as const;

export const templates = {
  /** `{ answerId, metric: "nps" | "csat" | "ces", score, answeredAt, orderId?, caseId?, question? }` and who answered. */
  'survey-answer': {
    ...who,
    ...{ name: 'survey', event: { value: 'Survey Answered' }, messageId: 'answerId', at: 'answeredAt', channel: { value: 'survey' } },
    ...{ phase: { from: 'phase', otherwise: 'loyalty' }, orderId: 'orderId', caseId: 'caseId', productLine: 'productLine' },
    survey: { kind: { from: 'metric' }, score: 'score' },
    properties: { metric: 'metric', score: 'score', question: 'question' },
  },
  /** `{ caseId, change: "opened" | "answered" | "solved" | "reopened", at, topic? }` and whose case it is. */
  'crm-case': {
    ...who,
    ...{ name: 'crm-case', at: 'at', channel: { value: 'crm' }, phase: { value: 'support' }, productLine: 'productLine' },
    event: { from: 'change', values: { opened: 'Case Opened', answered: 'Case Answered', solved: 'Case Solved', reopened: 'Case Reopened' } },
    initiator: { from: 'change', values: { opened: 'customer', reopened: 'customer', answered: 'company', solved: 'company' } },
    properties: { case: 'caseId', topic: 'topic' },
  },
  /** `{ callId, startedAt, direction: "in" | "out", minutes?, topic?, solved? }` and who was spoken to. */
  'call-log': {
    ...who,
    ...{ name: 'call', messageId: 'callId', at: 'startedAt', channel: { value: 'call-centre' }, phase: { value: 'support' }, productLine: 'productLine' },
    event: { from: 'direction', values: { in: 'Support Called', out: 'Household Called' } },
    initiator: { from: 'direction', values: { in: 'customer', out: 'company' } },
    properties: { minutes: 'minutes', topic: 'topic', solved: 'solved' },
  },
} as const satisfies Record<string, z.input<typeof mappingSchema>>;
export type TemplateName = keyof typeof templates;
export const templateNames = Object.keys(templates) as [TemplateName, ...TemplateName[]];
