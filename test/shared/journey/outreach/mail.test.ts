/** A member's yes to e-mail, the letters that rest on it, and the link that ends it. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { endToken } from '../../../../shared/order/mandate/end-link.ts';
import { circumstancesFrom, type HeldOf } from '../../../../shared/journey/outreach/circumstances.ts';
import { decideLetter, mayWrite, type LetterCommand } from '../../../../shared/journey/outreach/decide-mail.ts';
import { askToReach, decideOutreach, reachIdOf, type OutreachCommand } from '../../../../shared/journey/outreach/decide-outreach.ts';
import { letterOf } from '../../../../shared/journey/outreach/letter.ts';
import { MAIL_YES_MAX, mailTo } from '../../../../shared/journey/outreach/mail.ts';
import { MAIL_WORDING, mailWording } from '../../../../shared/journey/outreach/mail-wording.ts';
import { mailStopToken, readMailStopToken } from '../../../../shared/journey/outreach/mail-stop.ts';
import { noOutreachYet, outreachSchema, type Outreach } from '../../../../shared/journey/outreach/outreach.ts';
import { addDuration, duration, mandateIdSchema, memberIdSchema, orderIdSchema, type Instant, type MemberId, type Outcome } from '../../../../shared/values.ts';
import { memberSchema } from '../../../../shared/household/household.ts';
import { around, householdId, MONDAY, wishFor } from './outreach-examples.ts';

const [anna, ben] = ['mem_anna', 'mem_ben'].map((id) => memberIdSchema.parse(id)) as [MemberId, MemberId];
const hour = (hours: number): Instant => addDuration(MONDAY, duration(hours, 'hours'));
const yes = (memberId = anna): OutreachCommand => ({ type: 'mail', memberId, may: true, wordingVersion: MAIL_WORDING, language: 'de' });
const no = (memberId = anna, because: 'said-so' | 'stop-link' | 'left' = 'stop-link'): OutreachCommand => ({ type: 'mail', memberId, may: false, because });
const after = (before: Outreach, outcome: Outcome<Outreach, unknown>): Outreach => (outcome.kind === 'changed' ? outreachSchema.parse(outcome.state) : before);
const said = (...commands: OutreachCommand[]): Outreach =>
  commands.reduce((outreach, command) => after(outreach, decideOutreach(outreach, householdId, command, MONDAY)), noOutreachYet(householdId));

const byMail = around({ available: { ...around().available, 'e-mail': 'now' } });
const wish = wishFor({ channels: ['e-mail'] });
const reachId = reachIdOf(wish);
/** Let through an hour after the yes. */
const sent = (before: Outreach): Outreach => after(before, askToReach(before, { wish, circumstances: byMail, keep: false }, hour(1)).outcome);
const letter = (before: Outreach, command: LetterCommand, memberId = anna) => decideLetter(before, reachId, memberId, command);
const claim: LetterCommand = { type: 'claim', at: hour(2) };

describe('a yes to e-mail', () => {
  it('is each member’s own, with when it was given and to which text, and ends with a reason', () => {
    expect(decideOutreach(undefined, householdId, yes(), MONDAY)).toMatchObject({
      state: { mailAnswers: [{ memberId: anna, at: MONDAY, answer: 'given', wordingVersion: MAIL_WORDING, language: 'de' }] },
      events: [{ type: 'outreach.mail-allowed', data: { householdId, memberId: anna, wordingVersion: MAIL_WORDING } }],
    });
    const both = said(yes(anna), yes(ben));
    expect(mailTo(both)).toEqual([anna, ben]);
    const ended = decideOutreach(both, householdId, no(anna), hour(1));
    expect(ended).toMatchObject({ events: [{ type: 'outreach.mail-withdrawn', data: { memberId: anna, because: 'stop-link' } }] });
    expect(mailTo(after(both, ended))).toEqual([ben]);
    // Said again, it is a new yes; what was said before stays as proof.
    expect(said(yes(), no(), yes()).mailAnswers?.map(({ answer }) => answer)).toEqual(['given', 'withdrawn', 'given']);
  });

  it('changes nothing when it stands already, and is not taken to a text that nobody shows any more', () => {
    expect(decideOutreach(said(yes()), householdId, yes(), hour(1))).toEqual({ kind: 'ignored', reason: 'stands-already' });
    expect(decideOutreach(said(), householdId, no(), hour(1))).toEqual({ kind: 'ignored', reason: 'no-yes' });
    expect(decideOutreach(said(), householdId, { ...yes(), wordingVersion: '2020-01' } as OutreachCommand, MONDAY)).toMatchObject({
      reason: 'outdated-wording',
    });
    expect(Object.keys(mailWording)).toContain(MAIL_WORDING);
  });

  it('leaves room for the no that may follow each', () => {
    const often = said(...Array.from({ length: MAIL_YES_MAX }, (_, index) => (index % 2 === 0 ? yes() : no())), yes(ben));
    expect(decideOutreach(often, householdId, yes(), MONDAY)).toMatchObject({ kind: 'rejected', reason: 'changed-too-often' });
    expect(mailTo(said(...Array.from({ length: MAIL_YES_MAX - 1 }, (_, index) => (index % 2 === 0 ? yes() : no())), no()))).toEqual([]);
  });

  it('opens e-mail to the gate, and with it advertising only to whoever wants news as well', () => {
    const person = (memberId: MemberId, role: 'owner' | 'guest') => memberSchema.parse({ householdId, memberId, name: memberId, role, joinedAt: MONDAY });
    const news = (memberId: MemberId) =>
      ({ purpose: 'product-news', answer: 'given', wordingVersion: '2026-11', language: 'de', at: MONDAY, memberId, screen: 'app' }) as const;
    const held = (mail: readonly MemberId[], wantsNews: readonly MemberId[], roles: 'owner' | 'guest' = 'owner'): HeldOf => ({
      ...{ household: { timeZone: 'Europe/Berlin' }, members: [person(anna, roles), person(ben, 'owner')], devices: [], traces: [], watches: [] },
      ...{ hasOpenCase: false, health: undefined, isLeftAlone: false, mailTo: mail },
      privacy: { householdId, answers: wantsNews.map(news), exports: [] },
    });
    const known = (...of: Parameters<typeof held>) => {
      const { available, consents } = circumstancesFrom(held(...of), MONDAY);
      return [available['e-mail'], consents.productNews, consents.newsByMail];
    };
    expect(known([], [anna])).toEqual(['never', true, false]);
    expect(known([anna], [ben])).toEqual(['now', true, false]);
    expect(known([anna], [anna])).toEqual(['now', true, true]);
    // Guests are not told.
    expect(known([anna], [anna], 'guest')).toEqual(['never', false, false]);
  });
});

describe('a letter', () => {
  it('is claimed once, given back only where it was certainly not taken, and settled for ever', () => {
    const claimed = after(sent(said(yes())), letter(sent(said(yes())), claim));
    expect(claimed.reached[0]?.mailed).toEqual([{ memberId: anna, at: hour(2), state: 'claimed' }]);
    expect(letter(claimed, claim)).toEqual({ kind: 'ignored', reason: 'claimed-already' });
    expect(letter(after(claimed, letter(claimed, { type: 'release' })), claim)).toMatchObject({ kind: 'changed' });
    const settled = after(claimed, letter(claimed, { type: 'settle', as: 'refused' }));
    expect(letter(settled, { type: 'release' })).toEqual({ kind: 'ignored', reason: 'not-claimed' });
    expect(letter(settled, claim)).toEqual({ kind: 'ignored', reason: 'claimed-already' });
  });

  it('is not written to whoever never said yes, said it later, took it back, or stopped this kind of message', () => {
    const reached = sent(said(yes()));
    expect(letter(reached, claim, ben)).toEqual({ kind: 'ignored', reason: 'not-wanted' });
    const late = after(reached, decideOutreach(reached, householdId, yes(ben), hour(2)));
    expect(letter(late, claim, ben)).toEqual({ kind: 'ignored', reason: 'not-wanted' });
    expect(letter(after(reached, decideOutreach(reached, householdId, no(), hour(2))), claim)).toEqual({ kind: 'ignored', reason: 'not-wanted' });
    const stopped = after(reached, decideOutreach(reached, householdId, { type: 'stop', kind: wish.kind, memberId: ben }, hour(2)));
    expect(letter(stopped, claim)).toEqual({ kind: 'ignored', reason: 'not-wanted' });
    expect(decideLetter(undefined, reachId, anna, claim)).toEqual({ kind: 'ignored', reason: 'no-such-message' });
  });

  it('says who it is for, why it came and how it ends, and lets no word of theirs become markup or a header', () => {
    const title = 'Milch\r\nBcc: eve@example.org <b>';
    const message = {
      words: { de: { title, text: 'A & "B" <script>' }, en: { title, text: '' } },
      reason: { de: 'weil du Milch gekauft hast', en: '' },
      kind: 'win-back',
    };
    const facts = { site: 'https://home.example', stopUrl: 'https://home.example/app/stop-mail#t', imprint: 'Nachschub GmbH, Gasse 9' } as const;
    const { subject, text, html } = letterOf({ ...facts, language: 'de', name: 'Anna\n<i>', message });
    expect(subject).toBe('Milch Bcc: eve@example.org <b>');
    expect(text).toMatch(/^Hallo Anna <i>,\n/);
    for (const part of [text, html]) for (const needed of ['weil du Milch gekauft hast', facts.stopUrl, facts.imprint]) expect(part).toContain(needed);
    const order = { ...message, kind: 'unanswered-approval', orderId: orderIdSchema.parse('ord_1') };
    expect(letterOf({ ...facts, language: 'en', name: 'Anna', message: order }).text).toContain('https://home.example/app/approvals/ord_1\n');
    expect(html).not.toMatch(/<script|<b>|<i>/);
    expect(html).toContain('A &amp; &quot;B&quot; &lt;script&gt;');
  });
});

/** What the function does, step by step, so that other things come between. */
type Step = { readonly who: MemberId } & (
  { readonly do: 'deliver' | 'yes' | 'no' } | { readonly do: 'hand over'; readonly ses: 'takes' | 'throttles' | 'breaks' }
);
const step: fc.Arbitrary<Step> = fc
  .tuple(
    fc.constantFrom(anna, ben),
    fc.constantFrom('deliver', 'deliver', 'hand over', 'hand over', 'yes', 'no'),
    fc.constantFrom('takes', 'throttles', 'breaks'),
  )
  .map(([who, what, ses]): Step => (what === 'hand over' ? { who, do: what, ses } : { who, do: what as 'deliver' }));

it('comes at most once, and never after a withdrawal, however deliveries repeat and interleave with it', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      let outreach = sent(said(yes(anna), yes(ben)));
      const carried: MemberId[] = [];
      const letters: MemberId[] = [];
      steps.forEach((one, index) => {
        const decide = (command: LetterCommand) => {
          const outcome = letter(outreach, command, one.who);
          outreach = after(outreach, outcome);
          return outcome.kind === 'changed';
        };
        if (one.do === 'deliver' && decide(claim)) carried.push(one.who);
        if (one.do === 'yes' || one.do === 'no')
          outreach = after(outreach, decideOutreach(outreach, householdId, one.do === 'yes' ? yes(one.who) : no(one.who), hour(3 + index)));
        if (one.do !== 'hand over' || !carried.includes(one.who)) return;
        carried.splice(carried.indexOf(one.who), 1);
        const [message] = outreach.reached;
        if (message === undefined || mayWrite(outreach, message, one.who) === undefined) return void decide({ type: 'settle', as: 'dropped' });
        if (one.ses === 'throttles') return void decide({ type: 'release' });
        // After a withdrawal there is none, also when they have said yes anew: that yes came after the message.
        expect(steps.slice(0, index).some((before) => before.do === 'no' && before.who === one.who)).toBe(false);
        letters.push(one.who);
        decide({ type: 'settle', as: one.ses === 'takes' ? 'sent' : 'unknown' });
      });
      expect(letters.length).toBe(new Set(letters).size);
    }),
    { numRuns: 300 },
  );
});

describe('the link that stops e-mails', () => {
  const root = new Uint8Array(32).fill(7);
  const token = mailStopToken(root, { householdId, memberId: anna });

  it('names one member, and is good for nothing and nobody else', () => {
    expect(readMailStopToken(root, token)).toEqual({ householdId, memberId: anna });
    const proof = token.split('.')[2] ?? '';
    expect(readMailStopToken(root, `${householdId}.${ben}.${proof}`)).toBeUndefined();
    expect(readMailStopToken(root, `${token}.`)).toBeUndefined();
    expect(readMailStopToken(root, token.slice(0, -1))).toBeUndefined();
    expect(readMailStopToken(new Uint8Array(32).fill(8), token)).toBeUndefined();
    const ofAMandate = endToken(root, { householdId, mandateId: mandateIdSchema.parse('man_anna') });
    expect(readMailStopToken(root, ofAMandate.replace('man_anna', anna))).toBeUndefined();
  });
});
