/** Stage 10. Conversion paths: entered and left by events, acting once when their time is up. Once a day, where each household stands; what is late; and how it went. */
import { householdIdSchema } from '../shared/values.ts';
import { advancePath } from './run-automation/advance-path.ts';
import { endEarlierReminder } from './run-automation/end-earlier.ts';
import { addressFor, campaignsForLeads } from './run-automation/campaigns.ts';
import { askHowItWent, isStep } from './run-automation/ask-how-it-went.ts';
import { beginFitting, fitAgain } from './run-automation/fit-again.ts';
import { chooseFor, followNextBest, isForNextBest } from './run-automation/next-best.ts';
import { isReward, tellOfReward } from './run-automation/tell-of-reward.ts';
import { walkRecall } from './run-automation/walk-recall.ts';
import { isConversionPath, isLead, isOutreach, isProcess, isPurchaseModel, isRecall, isStanding } from './runtime/aggregates.ts';
import { lookAtLeadAgain } from './runtime/lead.ts';
import { reachAgain } from './runtime/outreach.ts';
import { queueWorker } from './runtime/worker.ts';
import { lookAgain } from './update-journey/look-again.ts';
import { lookAtProcess } from './update-journey/look-at-process.ts';

export const handler = queueWorker(async (work) => {
  if (work.kind === 'due' && isPurchaseModel(work.due.sk)) await fitAgain();
  else if (work.kind === 'due' && isStanding(work.due.sk)) {
    await beginFitting();
    await lookAgain(work.due);
    await chooseFor(householdIdSchema.parse(work.due.pk.slice('HH#'.length)));
    await addressFor(householdIdSchema.parse(work.due.pk.slice('HH#'.length)));
  } else if (work.kind === 'due' && isLead(work.due.sk)) await lookAtLeadAgain(work.due, await campaignsForLeads());
  else if (work.kind === 'due' && isProcess(work.due.sk)) await lookAtProcess(work.due);
  else if (work.kind === 'due' && isOutreach(work.due.sk)) await reachAgain(work.due);
  else if (work.kind === 'due' && isRecall(work.due.sk)) await walkRecall(work.due);
  else if (work.kind === 'due' && isConversionPath(work.due.sk)) await advancePath(work.due);
  else if (work.kind === 'due') await endEarlierReminder(work.due);
  else if (isForNextBest(work.event)) await followNextBest(work.event);
  else if (isReward(work.event)) await tellOfReward(work.event);
  else if (isStep(work.event)) await askHowItWent(work.event);
});
