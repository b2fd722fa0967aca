/** What the auditor's process is asked and what it answers, over the channel to whoever started it. */
import { z } from 'zod';
import { accessSchema } from '../cloud/control.ts';
import { summarySchema } from './summary.ts';

export const auditRequestSchema = z.strictObject({ data: z.string(), access: accessSchema, seed: z.int(), households: z.int().min(1) });
export type AuditRequest = z.infer<typeof auditRequestSchema>;

export const auditReplySchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('ready') }),
  z.strictObject({ kind: z.literal('audited'), summary: summarySchema }),
  z.strictObject({ kind: z.literal('failed'), reason: z.string() }),
]);
export type AuditReply = z.infer<typeof auditReplySchema>;
