/** What becomes of a member's yes to e-mail, and who may write a letter to them: in the item that holds both, so that a claim comes before a withdrawal or not at all. */
import type { EventOf } from '../../events.ts';
import { ignored, rejected, unreachable, type Instant, type MemberId, type Outcome } from '../../values.ts';
import { isStopped, type Outreach, type Reached } from './outreach.ts';
import { MAIL_WORDING } from './mail-wording.ts';
import { lastMailAnswer, MAIL_YES_MAX, mailYesOf, type Mailed, type MailYes, type Settled } from './mail.ts';
import type { MailEnding } from './words.ts';

type Decided = Outcome<Outreach, EventOf<'outreach'>>;

export type MailCommand =
  | { readonly type: 'mail'; readonly memberId: MemberId; readonly may: true; readonly wordingVersion: string; readonly language: 'de' | 'en' }
  | { readonly type: 'mail'; readonly memberId: MemberId; readonly may: false; readonly because: MailEnding };

/** An answer that stands already changes nothing; a no is never refused. */
export function answerMail(outreach: Outreach, command: MailCommand, now: Instant): Decided {
  const { memberId } = command;
  const { householdId, mailAnswers = [] } = outreach;
  const last = lastMailAnswer(outreach, memberId);
  if (!command.may) {
    if (last?.answer !== 'given') return ignored('no-yes');
    const { because } = command;
    return {
      kind: 'changed',
      state: { ...outreach, mailAnswers: [...mailAnswers, { memberId, at: now, answer: 'withdrawn', because }] },
      events: [{ type: 'outreach.mail-withdrawn', data: { householdId, memberId, because } }],
    };
  }
  const { wordingVersion, language } = command;
  if (last?.answer === 'given' && last.wordingVersion === wordingVersion) return ignored('stands-already');
  if (wordingVersion !== MAIL_WORDING) return rejected('outdated-wording');
  if (mailAnswers.length >= MAIL_YES_MAX) return rejected('changed-too-often');
  return {
    kind: 'changed',
    state: { ...outreach, mailAnswers: [...mailAnswers, { memberId, at: now, answer: 'given', wordingVersion, language }] },
    events: [{ type: 'outreach.mail-allowed', data: { householdId, memberId, wordingVersion } }],
  };
}

interface Refused {
  readonly memberId: MemberId;
  readonly reachId: string;
  readonly because: Extract<MailEnding, 'bounced' | 'complained'>;
}

/** What comes back of a letter says nothing of a yes that was given since. */
export function endByMailbox(outreach: Outreach | undefined, { memberId, reachId, because }: Refused, now: Instant): Decided {
  const yes = outreach && mailYesOf(outreach, memberId);
  if (outreach === undefined || yes === undefined) return ignored('no-yes');
  const letter = outreach.reached.find((one) => one.reachId === reachId);
  return letter !== undefined && letter.at < yes.at ? ignored('yes-since') : answerMail(outreach, { type: 'mail', memberId, may: false, because }, now);
}

export type LetterCommand =
  | { readonly type: 'claim'; readonly at: Instant }
  /** It was certainly not taken: somebody may claim it again. */
  | { readonly type: 'release' }
  | { readonly type: 'settle'; readonly as: Settled };

/** One letter of one message to one member. A claim is the only way to write it, and stands for ever once it was handed over. */
export function decideLetter(outreach: Outreach | undefined, reachId: string, memberId: MemberId, command: LetterCommand): Decided {
  const message = outreach?.reached.find((one) => one.reachId === reachId);
  if (outreach === undefined || message === undefined) return ignored('no-such-message');
  const claim = message.mailed?.find((one) => one.memberId === memberId);
  switch (command.type) {
    case 'claim': {
      if (claim !== undefined) return ignored('claimed-already');
      if (mayWrite(outreach, message, memberId) === undefined) return ignored('not-wanted');
      return withLetter(outreach, message, memberId, { memberId, at: command.at, state: 'claimed' });
    }
    case 'release':
      return claim?.state === 'claimed' ? withLetter(outreach, message, memberId, undefined) : ignored('not-claimed');
    case 'settle':
      return claim?.state === 'claimed' ? withLetter(outreach, message, memberId, { ...claim, state: command.as }) : ignored('not-claimed');
    default:
      return unreachable(command);
  }
}

/** The yes that a letter rests on: given before the message was let through, standing now, and the household has not stopped this kind since. What it had stopped before is the gate's to know. */
export function mayWrite(outreach: Outreach, { kind, channel, at }: Pick<Reached, 'kind' | 'channel' | 'at'>, memberId: MemberId): MailYes | undefined {
  const yes = mailYesOf(outreach, memberId);
  const since = { stops: outreach.stops.filter((stop) => stop.at >= at) };
  return yes !== undefined && channel === 'e-mail' && yes.at <= at && isStopped(since, kind) === undefined ? yes : undefined;
}

function withLetter(outreach: Outreach, message: Reached, memberId: MemberId, letter: Mailed | undefined): Decided {
  const others = (message.mailed ?? []).filter((one) => one.memberId !== memberId);
  const mailed = letter === undefined ? others : [...others, letter];
  return { kind: 'changed', state: { ...outreach, reached: outreach.reached.map((one) => (one === message ? { ...message, mailed } : one)) }, events: [] };
}
