/**
 * One letter: claimed, addressed, and handed over. The claim is written before and stays, so that whatever is repeated, nobody gets it twice; only where SES
 * has said that it did not take it, the claim is given back. The address lives in this function's memory and nowhere else.
 */
import { decideLetter, mayWrite, type LetterCommand } from '../../shared/journey/outreach/decide-mail.ts';
import { letterOf } from '../../shared/journey/outreach/letter.ts';
import type { MailYes, Settled } from '../../shared/journey/outreach/mail.ts';
import type { Reached } from '../../shared/journey/outreach/outreach.ts';
import type { HouseholdId, MemberId } from '../../shared/values.ts';
import { keys, kinds } from '../runtime/aggregates.ts';
import { productNow } from '../runtime/clock.ts';
import { environment } from '../runtime/environment.ts';
import { logger } from '../runtime/log.ts';
import { stopMailToken } from '../runtime/secrets.ts';
import { change, load } from '../runtime/store.ts';
import { provenAddress } from '../runtime/user-pool.ts';
import { handOver } from './hand-over.ts';

interface LetterTo {
  readonly householdId: HouseholdId;
  readonly reachId: string;
  readonly memberId: MemberId;
  readonly name: string;
}

export async function writeLetter(to: LetterTo): Promise<void> {
  const claimed = await decide(to, { type: 'claim', at: productNow() });
  if (claimed.kind !== 'changed') return;
  const as = await attempt(to).catch(async (error: unknown) => {
    // Nothing was handed over: whoever throws there has not reached SES, or was told that it took nothing.
    await decide(to, { type: 'release' });
    throw error;
  });
  logger.info('a letter', { reachId: to.reachId, memberId: to.memberId, as });
  await decide(to, { type: 'settle', as });
}

async function attempt(to: LetterTo): Promise<Settled> {
  const address = await provenAddress(to.memberId);
  // The look-up took a while: whoever has said no meanwhile, also by a link in another letter, is not written to.
  const wanted = await stillWanted(to);
  return address === undefined || wanted === undefined ? 'dropped' : handOver(address, await compose(to, wanted));
}

const decide = ({ householdId, reachId, memberId }: LetterTo, command: LetterCommand) =>
  change(kinds.outreach, keys.outreach(householdId), (outreach) => decideLetter(outreach, reachId, memberId, command));

interface Wanted {
  readonly message: Reached;
  readonly yes: MailYes;
}

async function stillWanted({ householdId, reachId, memberId }: LetterTo): Promise<Wanted | undefined> {
  const outreach = (await load(kinds.outreach, keys.outreach(householdId)))?.state;
  const message = outreach?.reached.find((one) => one.reachId === reachId);
  const yes = outreach && message && mayWrite(outreach, message, memberId);
  return message && yes && { message, yes };
}

/** In the language in which they said yes. */
async function compose({ householdId, memberId, name, reachId }: LetterTo, { message, yes: { language } }: Wanted) {
  const site = environment('MAIL_SITE');
  const token = await stopMailToken({ householdId, memberId });
  const letter = letterOf({ language, name, message, site, stopUrl: `${site}/app/stop-mail#${token}`, imprint: environment('MAIL_IMPRINT') });
  return { ...letter, oneClickUrl: `${site}/api/mail-stops/${token}`, tags: { householdId, memberId, reachId } };
}
