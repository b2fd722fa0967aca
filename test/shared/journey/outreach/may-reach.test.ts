/** What may reach a household, where and when. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { askToReach, decideOutreach } from '../../../../shared/journey/outreach/decide-outreach.ts';
import { bestMoment, hoursOf, noHabit } from '../../../../shared/journey/outreach/habit.ts';
import { outreachLimits } from '../../../../shared/journey/outreach/limits.ts';
import { isQuiet } from '../../../../shared/journey/outreach/local-hours.ts';
import { mayReach } from '../../../../shared/journey/outreach/may-reach.ts';
import { noOutreachYet, outreachSchema, type Outreach } from '../../../../shared/journey/outreach/outreach.ts';
import { wishSchema, type Wish } from '../../../../shared/journey/outreach/wish.ts';
import { addDuration, duration, localDate, memberIdSchema, type Instant } from '../../../../shared/values.ts';
import { around, at, householdId, MONDAY, wishFor } from './outreach-examples.ts';

const anna = memberIdSchema.parse('mem_anna');
const hour = (hours: number): Instant => addDuration(MONDAY, duration(hours, 'hours'));
const stopped = (kind: string): Outreach =>
  stateAfter(undefined, (before) => decideOutreach(before, householdId, { type: 'stop', kind, memberId: anna }, MONDAY));
function stateAfter(before: Outreach | undefined, decide: (before: Outreach | undefined) => ReturnType<typeof decideOutreach>): Outreach {
  const outcome = decide(before);
  return outcome.kind === 'changed' ? outreachSchema.parse(outcome.state) : (before ?? noOutreachYet(householdId));
}
const sent = (wish: Wish, now: Instant, before?: Outreach): Outreach =>
  stateAfter(before, (outreach) => askToReach(outreach, { wish, circumstances: around(), keep: false }, now).outcome);

describe('the gate says no', () => {
  it('to what the household has stopped, all of it or this kind', () => {
    expect(mayReach(wishFor(), around({ outreach: stopped('all') }), MONDAY)).toEqual({ no: true, because: 'stopped-all' });
    expect(mayReach(wishFor(), around({ outreach: stopped('second-purchase') }), MONDAY)).toEqual({ no: true, because: 'stopped' });
    expect(mayReach(wishFor(), around({ outreach: stopped('win-back') }), MONDAY)).toEqual({ send: 'app' });
  });

  it('to suggestions after an objection, to news without a yes, and never to what was ordered', () => {
    const consents = { profiling: false, productNews: false, newsByMail: false };
    expect(mayReach(wishFor(), around({ consents }), MONDAY)).toEqual({ no: true, because: 'no-consent' });
    expect(mayReach(wishFor({ purpose: 'news' }), around({ consents: { profiling: true, productNews: false, newsByMail: false } }), MONDAY)).toEqual({
      no: true,
      because: 'no-consent',
    });
    expect(mayReach(wishFor({ purpose: 'order' }), around({ consents }), MONDAY)).toEqual({ send: 'app' });
  });

  it('to a suggestion by e-mail without a yes to news of whoever reads it, though it would pass in the app', () => {
    const available = { ...around().available, 'e-mail': 'now' } as const;
    // Somebody else at home wants news, and not by e-mail.
    const silent = around({ available, consents: { profiling: true, productNews: true, newsByMail: false } });
    expect(mayReach(wishFor({ channels: ['e-mail'] }), silent, MONDAY)).toEqual({ no: true, because: 'no-channel' });
    expect(mayReach(wishFor({ channels: ['e-mail', 'app'] }), silent, MONDAY)).toEqual({ send: 'app' });
    expect(mayReach(wishFor({ channels: ['e-mail', 'app'] }), around({ available }), MONDAY)).toEqual({ send: 'e-mail' });
  });

  it('to what comes too late, and to what would have to wait until it is', () => {
    expect(mayReach(wishFor({ until: MONDAY }), around(), MONDAY)).toEqual({ no: true, because: 'too-late' });
    expect(mayReach(wishFor({ until: hour(5) }), around({ hasOpenCase: true }), MONDAY)).toEqual({ no: true, because: 'open-case' });
  });

  it('to a promotional wish that calls itself urgent, where it is made', () => {
    expect(wishSchema.safeParse({ ...wishFor(), urgent: true }).success).toBe(false);
  });
});

describe('the gate waits', () => {
  it('while a case is open, after a bad moment and while the household is unwell, but only with what is promotional', () => {
    expect(mayReach(wishFor(), around({ hasOpenCase: true }), MONDAY)).toEqual({ wait: hour(24), because: 'open-case' });
    expect(mayReach(wishFor(), around({ badMomentAt: hour(-1) }), MONDAY)).toEqual({ wait: hour(3 * 24 - 1), because: 'bad-moment' });
    expect(mayReach(wishFor(), around({ health: 0.1 }), MONDAY)).toMatchObject({ because: 'unwell' });
    const trouble = around({ hasOpenCase: true, badMomentAt: MONDAY, health: 0.1 });
    expect(mayReach(wishFor({ purpose: 'service' }), trouble, MONDAY)).toEqual({ send: 'app' });
  });

  it('for the next local day after one message, and for the eighth day after two', () => {
    const one = sent(wishFor(), MONDAY);
    expect(mayReach(wishFor({ wishId: 'w-2' }), around({ outreach: one }), hour(2))).toEqual({ wait: at('2026-03-02T23:00:00.000Z'), because: 'day-full' });
    const two = sent(wishFor({ wishId: 'w-2' }), hour(24), one);
    expect(mayReach(wishFor({ wishId: 'w-3' }), around({ outreach: two }), hour(48))).toEqual({ wait: hour(7 * 24), because: 'week-full' });
    expect(mayReach(wishFor({ wishId: 'w-3', wishedAt: hour(48) }), around({ outreach: two }), hour(7 * 24))).toEqual({ send: 'app' });
  });

  it('for nothing with what is urgent, beyond a cap of its own', () => {
    const two = sent(wishFor({ wishId: 'w-2' }), hour(24), sent(wishFor(), MONDAY));
    const urgent = (id: number) => wishFor({ wishId: `u-${id}`, purpose: 'order', urgent: true, wishedAt: hour(25) });
    expect(mayReach(urgent(0), around({ outreach: two }), hour(25))).toEqual({ send: 'app' });
    const many = [1, 2, 3, 4, 5].reduce((outreach, id) => sent(urgent(id), hour(25), outreach), two);
    expect(mayReach(urgent(6), around({ outreach: many }), hour(25))).toMatchObject({ because: 'day-full' });
  });

  it('through the night of the household, also on the night that lacks an hour', () => {
    expect(mayReach(wishFor(), around(), at('2026-03-02T22:30:00.000Z'))).toEqual({ wait: at('2026-03-03T07:00:00.000Z'), because: 'quiet-hours' });
    // 29 March 2026: at two the clocks of Berlin say three, so eight o'clock is at 06:00 UTC already.
    expect(mayReach(wishFor(), around(), at('2026-03-28T22:00:00.000Z'))).toEqual({ wait: at('2026-03-29T06:00:00.000Z'), because: 'quiet-hours' });
    expect(mayReach(wishFor(), around({ timeZone: 'Asia/Kolkata' }), at('2026-03-02T18:00:00.000Z'))).toEqual({
      ...{ wait: at('2026-03-03T02:30:00.000Z'), because: 'quiet-hours' },
    });
  });

  it('not through the night with what would be over by the morning', () => {
    const night = at('2026-03-02T22:30:00.000Z');
    const asked = { purpose: 'order', urgent: true, wishedAt: night } as const;
    expect(mayReach(wishFor({ ...asked, until: at('2026-03-03T05:00:00.000Z') }), around(), night)).toEqual({ send: 'app' });
    expect(mayReach(wishFor({ ...asked, until: at('2026-03-03T12:00:00.000Z') }), around(), night)).toMatchObject({ because: 'quiet-hours' });
  });

  it('for a screen that is off, and takes the one that the household likes best', () => {
    const available = { ...around().available, tv: 'later' } as const;
    expect(mayReach(wishFor({ channels: ['tv'] }), around({ available }), MONDAY)).toEqual({ wait: hour(1), because: 'channel-away' });
    expect(mayReach(wishFor({ channels: ['tv', 'app', 'fridge'] }), around({ available }), MONDAY)).toEqual({ send: 'app' });
    const outreach = { ...noOutreachYet(householdId), channels: ['fridge' as const] };
    expect(mayReach(wishFor({ channels: ['tv', 'app', 'fridge'] }), around({ outreach, available }), MONDAY)).toEqual({ send: 'fridge' });
  });

  it('for the hour in which the household acts, at most a day', () => {
    const evenings = Array.from({ length: 10 }, (_, day) => ({ at: addDuration(MONDAY, duration(-24 * day + 9, 'hours')), initiator: 'customer' as const }));
    const hours = hoursOf(evenings, 'Europe/Berlin', hour(24));
    expect(hours[19]).toBe(10);
    expect(mayReach(wishFor(), around({ hours }), MONDAY)).toEqual({ wait: hour(9), because: 'better-moment' });
    expect(mayReach(wishFor(), around({ hours }), hour(9))).toEqual({ send: 'app' });
    expect(mayReach(wishFor(), around({ hours }), hour(25))).toEqual({ send: 'app' });
    expect(mayReach(wishFor({ purpose: 'order', urgent: true }), around({ hours }), MONDAY)).toEqual({ send: 'app' });
  });
});

describe('a habit', () => {
  it('is read from what people did themselves in the last weeks', () => {
    const old = { at: addDuration(MONDAY, duration(-40, 'days')), initiator: 'customer' as const };
    const ours = { at: MONDAY, initiator: 'company' as const };
    expect(hoursOf([old, ours], 'Europe/Berlin', MONDAY)).toEqual(noHabit);
  });

  it('puts nothing off where nobody knows it', () => {
    const hours = noHabit.map((_, index) => (index === 19 ? 7 : 0));
    expect(bestMoment({ hours, isQuiet: () => false, timeZone: 'Europe/Berlin', wishedAt: MONDAY }, MONDAY)).toBe(MONDAY);
  });
});

describe('what has reached a household', () => {
  it('is noted with its words, and said once, whatever is asked again', () => {
    const first = askToReach(undefined, { wish: wishFor(), circumstances: around(), keep: false }, MONDAY);
    expect(first.outcome).toMatchObject({
      events: [{ type: 'outreach.sent', data: { householdId, kind: 'second-purchase', channel: 'app', purpose: 'suggestion' } }],
    });
    const state = sent(wishFor(), MONDAY);
    expect(askToReach(state, { wish: wishFor(), circumstances: around(), keep: false }, hour(48))).toEqual({
      ...{ verdict: { send: 'app' }, outcome: { kind: 'ignored', reason: 'reached-already' } },
    });
  });

  it('is put off for a sender without a timer, and forgotten when the household stops it', () => {
    const kept = stateAfter(
      undefined,
      (before) => askToReach(before, { wish: wishFor(), circumstances: around({ hasOpenCase: true }), keep: true }, MONDAY).outcome,
    );
    expect(kept.waiting).toMatchObject([{ until: hour(24), because: 'open-case' }]);
    const after = stateAfter(kept, (before) => decideOutreach(before, householdId, { type: 'stop', kind: 'second-purchase', memberId: anna }, MONDAY));
    expect([after.waiting, after.stops.map(({ kind }) => kind)]).toEqual([[], ['second-purchase']]);
    expect(decideOutreach(after, householdId, { type: 'allow', kind: 'second-purchase', memberId: anna }, MONDAY)).toMatchObject({ state: { stops: [] } });
  });
});

const instants = fc.integer({ min: 0, max: 60 * 24 * 4 }).map((quarters) => addDuration(at('2026-03-01T00:00:00.000Z'), duration(quarters * 15, 'minutes')));
const zones = fc.constantFrom('Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Pacific/Auckland');

it('never sends more than a day and a week bear, nor at night, whoever asks in whatever order, and waits end', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(instants, fc.boolean(), fc.integer({ min: 0, max: 23 })), { minLength: 1, maxLength: 40 }), zones, (asked, timeZone) => {
      let outreach = noOutreachYet(householdId);
      const sorted = asked.toSorted(([a], [b]) => (a < b ? -1 : Number(a > b)));
      sorted.forEach(([now, isUrgent, fond], index) => {
        const wish = wishFor({ wishId: `w-${index}`, wishedAt: now, ...(isUrgent && { purpose: 'order', urgent: true }) });
        const hours = noHabit.map((_, of) => (of === fond ? 10 : 0));
        const verdict = mayReach(wish, around({ outreach, timeZone, hours }), now);
        if ('wait' in verdict) expect(verdict.wait > now).toBe(true);
        if (!('send' in verdict)) return;
        expect(isQuiet(now, outreachLimits.quiet, timeZone)).toBe(false);
        outreach = stateAfter(outreach, (before) => askToReach(before, { wish, circumstances: around({ timeZone, hours }), keep: false }, now).outcome);
      });
      const times = outreach.reached.filter(({ urgent }) => urgent === undefined).map((one) => one.at);
      for (const time of times) {
        expect(times.filter((other) => localDate(other, timeZone) === localDate(time, timeZone)).length).toBeLessThanOrEqual(outreachLimits.perDay);
        const week = times.filter((other) => other >= time && other < addDuration(time, duration(7, 'days')));
        expect(week.length).toBeLessThanOrEqual(outreachLimits.perWeek);
      }
    }),
    { numRuns: 60 },
  );
});
