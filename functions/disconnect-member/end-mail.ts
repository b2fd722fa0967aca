/** A yes to e-mail was given as somebody of this household: whoever leaves takes it along, and says it anew if they come back. */
import { answerMail } from '../../shared/journey/outreach/decide-mail.ts';
import { mailYesOf } from '../../shared/journey/outreach/mail.ts';
import { ignored, type HouseholdId, type Instant, type MemberId } from '../../shared/values.ts';
import { keys, kinds } from '../runtime/aggregates.ts';
import { productNow } from '../runtime/clock.ts';
import { change } from '../runtime/store.ts';

/** @param leftAt what was said since, by somebody who has come back, stands */
export async function endMail(householdId: HouseholdId, memberId: MemberId, leftAt: Instant): Promise<void> {
  await change(kinds.outreach, keys.outreach(householdId), (outreach) => {
    const yes = outreach && mailYesOf(outreach, memberId);
    if (outreach === undefined || yes === undefined || yes.at > leftAt) return ignored('no-yes');
    return answerMail(outreach, { type: 'mail', memberId, may: false, because: 'left' }, productNow());
  });
}
