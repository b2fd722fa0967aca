import { describe, expect, it } from 'vitest';
import { Errands } from '../../../device-sim/life/errands.ts';
import type { LifeLine } from '../../../device-sim/life/life-lines.ts';
import { answerIn, feltByDelivery, moodAt, spellsOf } from '../../../device-sim/life/mood.ts';
import { prospectsOf } from '../../../device-sim/life/prospects.ts';
import { asErrand, tabletOf, visitsOf } from '../../../device-sim/life/visits.ts';
import { duration, instantOf, memberIdSchema, millisOf } from '../../../shared/values.ts';
import { START } from '../../shared/supply/milk.ts';

const startsAt = millisOf(START);
const days = (many: number) => duration(many, 'days');
const [anna, ben] = [memberIdSchema.parse('mem_anna'), memberIdSchema.parse('mem_ben')];

describe('a hidden mood', () => {
  const spells = spellsOf(1, 'hh_anna');
  it('is the same for the same seed, and stays within its bounds', () => {
    const again = spellsOf(1, 'hh_anna');
    for (let day = 60; day >= 0; day -= 1) expect(again(day)).toBe(spells(day));
    expect(moodAt(startsAt, { startsAt, spells, felt: Array.from({ length: 20 }, () => ({ at: startsAt, by: -1 })) })).toBe(-1);
  });

  it('sinks with what is late, knows nothing of what is to come, and forgets', () => {
    const flat = { startsAt, spells: () => 0 };
    const felt = [{ at: startsAt, by: feltByDelivery(24) }];
    expect(feltByDelivery(24)).toBeLessThan(-0.2);
    expect(moodAt(startsAt, { ...flat, felt })).toBeCloseTo(feltByDelivery(24));
    expect(moodAt(startsAt + days(10), { ...flat, felt })).toBeCloseTo(feltByDelivery(24) / 2);
    expect(moodAt(startsAt - 1, { ...flat, felt })).toBe(0);
  });

  it('shows in what is answered, on every scale', () => {
    const mean = (mood: number, kind: 'nps' | 'csat' | 'ces') => {
      const scores = Array.from({ length: 300 }, (_, index) => answerIn(mood, { seed: 1, surveyId: `svy_${index}`, kind })).filter(
        (score) => typeof score === 'number',
      );
      return scores.reduce((sum, score) => sum + score, 0) / scores.length;
    };
    for (const kind of ['nps', 'csat', 'ces'] as const) expect(mean(-0.6, kind)).toBeLessThan(mean(0.6, kind) - 1);
    expect(mean(1, 'nps')).toBeLessThanOrEqual(10);
    expect(mean(-1, 'csat')).toBeGreaterThanOrEqual(1);
  });
});

describe('visits', () => {
  it('begin before the sign-up without a name, are told by then whose they were, and have one name each', () => {
    const visits = visitsOf({ seed: 1, anonymousId: 'anon-a', userId: anna, startsAt });
    const [first, ...later] = visits;
    const before = (first?.messages ?? []).filter(({ type }) => type !== 'identify');
    expect(before.length).toBeGreaterThan(3);
    expect(before.every(({ timestamp, userId }) => millisOf(timestamp) < startsAt && userId === undefined)).toBe(true);
    expect(before[0]?.context?.campaign?.name).toMatch(/^[a-z-]+$/);
    expect(first?.messages.at(-1)).toMatchObject({ type: 'identify', anonymousId: 'anon-a', userId: anna });
    expect(later.every(({ at, messages }) => messages.every(({ timestamp, userId }) => userId === anna && millisOf(timestamp) <= at))).toBe(true);
    const ids = visits.flatMap(({ messages }) => messages.map(({ messageId }) => messageId));
    expect(new Set(ids).size).toBe(ids.length);
    expect(visitsOf({ seed: 1, anonymousId: 'anon-a', userId: anna, startsAt })).toEqual(visits);
  });

  it('on a shared tablet are two people’s, and then nobody’s', () => {
    const who = tabletOf(1, [anna, ben], startsAt).map(({ messages }) => messages.at(-1)?.userId);
    expect(who).toEqual([anna, ben, undefined]);
  });

  it('leave an address with a yes now and then, before a sign-up or without one', () => {
    const askedIn = (visits: readonly { messages: readonly { event?: string; context?: object }[] }[]) =>
      visits.flatMap(({ messages }) => messages.flatMap(({ event }) => (event === undefined ? [] : [event])));
    const people = Array.from({ length: 20 }, (_, index) =>
      visitsOf({ seed: index, anonymousId: `anon-${index}`, userId: anna, email: 'a@example.org', startsAt }),
    );
    const asked = people.filter((visits) => askedIn(visits).includes('Newsletter Subscribed')).length;
    expect([asked > 2, asked < 18]).toEqual([true, true]);
    const prospects = prospectsOf(1, startsAt);
    expect(prospects).toEqual(prospectsOf(1, startsAt));
    const said = askedIn(prospects);
    expect(said.filter((event) => event === 'Newsletter Subscribed')).toHaveLength(6);
    expect(said).toEqual(expect.arrayContaining(['Callback Requested', 'Unsubscribed', 'Email Opened']));
    const sent = prospects.map(asErrand).flatMap(({ messages }) => messages);
    expect(new Set(sent.map(({ messageId }) => messageId)).size).toBe(sent.length);
    expect(
      sent.every(({ node, body }) => node === (JSON.stringify(body).includes('@') ? 'PERSON#email:' : `ANON#${(body as { anonymousId: string }).anonymousId}`)),
    ).toBe(true);
  });

  it('are sent once each, again until they are taken, and not again after a restart', async () => {
    const ledger: LifeLine[] = [];
    const arrived: string[] = [];
    let isAway = true;
    const around = {
      record: (lines: readonly LifeLine[]) => Promise.resolve(void ledger.push(...lines)),
      send: (_source: string, batch: readonly { messageId: string }[]) => {
        if (!isAway) arrived.push(...batch.map(({ messageId }) => messageId));
        return Promise.resolve(!isAway);
      },
    };
    const visits = tabletOf(1, [anna, ben], startsAt).map(asErrand);
    const browsers = new Errands(visits, around, []);
    await browsers.act(startsAt + days(2.5));
    expect(arrived).toEqual([]);
    isAway = false;
    await browsers.act(startsAt + days(2.6));
    const [firstVisit] = visits;
    expect(arrived).toEqual(firstVisit?.messages.map(({ messageId }) => messageId));
    const restarted = new Errands(visits, around, ledger);
    await restarted.act(startsAt + days(10));
    expect(arrived).toEqual(visits.flatMap(({ messages }) => messages.map(({ messageId }) => messageId)));
    expect(restarted.nextAt).toBeNull();
    expect(ledger.filter(({ kind, at }) => kind === 'sent' && at === instantOf(startsAt + days(2.5))).length).toBe(firstVisit?.messages.length);
  });
});
