/** Somebody has left the household: their apps stop hearing it now, not when their tokens end, and what is personal of them goes. */
import { findApps, disconnect } from './disconnect-member/apps.ts';
import { endMail } from './disconnect-member/end-mail.ts';
import { forgetPerson } from './disconnect-member/forget-person.ts';
import { queueWorker } from './runtime/worker.ts';

export const handler = queueWorker(async (work) => {
  if (work.kind !== 'event' || work.event.type !== 'member.left') throw new Error('expected member.left');
  const { householdId, memberId } = work.event.data;
  // Whoever has come back since connects again by themselves: a repeat or a late message costs them a second.
  for (const app of await findApps(householdId, memberId)) await disconnect(app);
  await endMail(householdId, memberId, work.event.time);
  await forgetPerson(householdId, memberId);
});
