/** Stage 10. A mailbox that refuses e-mails for good, or a reader who reports one as unwanted → their yes to e-mail ends, and the app says why. No address comes in here. */
import { z } from 'zod';
import { endByMailbox } from '../shared/journey/outreach/decide-mail.ts';
import { reachIdSchema } from '../shared/journey/outreach/outreach.ts';
import { householdIdSchema, memberIdSchema } from '../shared/values.ts';
import { keys, kinds } from './runtime/aggregates.ts';
import { productNow } from './runtime/clock.ts';
import { logger } from './runtime/log.ts';
import { change } from './runtime/store.ts';
import { messageWorker } from './runtime/worker.ts';

/** What the rule leaves of what SES says (`infra/mail.ts`): why, and the tags that our letter had. */
const saidSchema = z.strictObject({ because: z.enum(['bounced', 'complained']), tags: z.record(z.string(), z.array(z.string())) });
const oneOf = <Schema extends z.ZodType>(schema: Schema) => z.tuple([schema]).transform(([one]) => one);
const oursSchema = z.object({ householdId: oneOf(householdIdSchema), memberId: oneOf(memberIdSchema), reachId: oneOf(reachIdSchema) });

export const handler = messageWorker(saidSchema, async ({ because, tags }) => {
  const ours = oursSchema.safeParse(tags);
  // Somebody else of the same account sends e-mails too.
  if (!ours.success) {
    logger.info('of no letter of ours', { because });
    return;
  }
  const { householdId, memberId, reachId } = ours.data;
  const ended = await change(kinds.outreach, keys.outreach(householdId), (outreach) => endByMailbox(outreach, { memberId, reachId, because }, productNow()));
  logger.info('a mailbox', { because, memberId, reachId, ended: ended.kind });
});
