/** Stage 10. A message that the gate has let through by e-mail → a letter to each member who said yes to e-mail, at most once. */
import { isMember, mayApprove } from '../shared/household/household.ts';
import type { EventData } from '../shared/events.ts';
import { isPromotional } from '../shared/journey/outreach/words.ts';
import { mailTo } from '../shared/journey/outreach/mail.ts';
import { wantsNews } from '../shared/journey/outreach/circumstances.ts';
import type { MemberId } from '../shared/values.ts';
import { writeLetter } from './mail-household/write-letter.ts';
import { householdPk, keys, kinds } from './runtime/aggregates.ts';
import { list, load } from './runtime/store.ts';
import { queueWorker } from './runtime/worker.ts';

export const handler = queueWorker(async (work) => {
  if (work.kind !== 'event' || work.event.type !== 'outreach.sent' || work.event.data.channel !== 'e-mail') throw new Error('expected outreach.sent by e-mail');
  const { householdId, reachId } = work.event.data;
  const failed: unknown[] = [];
  for (const { memberId, name } of await readersOf(work.event.data)) {
    // One whose turn has to come again does not keep the others waiting.
    await writeLetter({ householdId, reachId, memberId, name }).catch((error: unknown) => failed.push(error));
  }
  if (failed.length > 0) throw failed[0];
});

interface Reader {
  readonly memberId: MemberId;
  readonly name: string;
}

/** Members who may be told and said yes to e-mail; to what offers something also yes to news (UWG §7 (2) 2), each for themselves. */
async function readersOf({ householdId, purpose }: EventData<'outreach.sent'>): Promise<Reader[]> {
  const [outreach, privacy, members] = await Promise.all([
    load(kinds.outreach, keys.outreach(householdId)),
    load(kinds.privacy, keys.privacy(householdId)),
    list(kinds.member, householdPk(householdId), 'MEMBER#'),
  ]);
  const said = new Set(mailTo(outreach?.state));
  return members
    .map(({ state }) => state)
    .filter((member) => isMember(member) && mayApprove(member) && said.has(member.memberId))
    .filter(({ memberId }) => !isPromotional(purpose) || wantsNews(privacy?.state, memberId));
}
