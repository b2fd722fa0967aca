/** A lead by what happened: given touchpoints and decisions, when it is looked at, then where it stands and why. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { standLead, type LeadDecision, type LeadFacts, type LeadStanding } from '../../../../shared/journey/lead/lead.ts';
import { leadEvents } from '../../../../shared/journey/lead/lead-events.ts';
import { contactOf, leadIdOf } from '../../../../shared/journey/lead/lead-id.ts';
import { withTouches, type LeadTouch, type LeadTouches } from '../../../../shared/journey/lead/lead-touch.ts';
import { scoreInWords, stageInWords } from '../../../../shared/journey/lead/lead-wording.ts';
import { shippedLeadRules } from '../../../../shared/journey/lead/shipped-lead-rules.ts';
import { addDuration, duration, householdIdSchema, instantSchema, staffIdSchema, type Instant } from '../../../../shared/values.ts';

const START = instantSchema.parse('2026-03-02T08:00:00.000Z');
const day = (many: number): Instant => addDuration(START, duration(many * 24 * 60, 'minutes'));
const mail = `email:hidden:${'a'.repeat(40)}`;
const phone = `phone:hidden:${'b'.repeat(40)}`;
const weber = staffIdSchema.parse('staff_weber');

const kinds = {
  looks: { type: 'page', channel: 'web', initiator: 'customer', said: { name: 'Fridges' } },
  prices: { type: 'page', channel: 'web', initiator: 'customer', said: { name: 'Prices' } },
  product: { type: 'Product Viewed', channel: 'web', initiator: 'customer' },
  asks: { type: 'Newsletter Subscribed', channel: 'web', initiator: 'customer', names: [mail], said: { consent: true, device: 'fridge' } },
  'asks-without-tick': { type: 'Newsletter Subscribed', channel: 'web', initiator: 'customer', names: [mail] },
  'call-me': { type: 'Callback Requested', channel: 'web', initiator: 'customer', names: [phone] },
  mailed: { type: 'Email Delivered', channel: 'e-mail', initiator: 'company', names: [mail] },
  opens: { type: 'Email Opened', channel: 'e-mail', initiator: 'customer', names: [mail] },
  refuses: { type: 'Unsubscribed', channel: 'e-mail', initiator: 'customer', names: [mail] },
} as const satisfies Record<string, Omit<LeadTouch, 'at' | 'names'> & { names?: readonly string[] }>;
type Step = readonly [kind: keyof typeof kinds, day: number];

const touchesOf = (steps: readonly Step[]): [string, LeadTouch][] =>
  steps.map(([kind, when], index) => {
    const { ...touch } = kinds[kind];
    return [index.toString(16).padStart(16, '0'), { ...touch, at: day(when), ...('names' in touch && { names: [...touch.names] }) } as LeadTouch];
  });
const given = (steps: readonly Step[], more: Partial<LeadFacts> = {}): LeadFacts => ({ touches: Object.fromEntries(touchesOf(steps)), decisions: [], ...more });
const when = (facts: LeadFacts, now: number) => standLead(facts, shippedLeadRules, day(now));
function theLead(standing: LeadStanding | undefined): LeadStanding {
  if (standing === undefined) throw new Error('expected a lead');
  return standing;
}
const decided = (decision: LeadDecision['decision'], at: number): LeadDecision => ({ decision, at: day(at), by: weber, because: 'had a long talk' });

describe('a lead', () => {
  it('is nobody who only looks, and nobody whose address came without a yes', () => {
    expect(
      when(
        given([
          ['looks', 0],
          ['product', 1],
        ]),
        2,
      ),
    ).toBeUndefined();
    expect(
      when(
        given([
          ['looks', 0],
          ['asks-without-tick', 1],
        ]),
        2,
      ),
    ).toBeUndefined();
  });

  it('begins with a request, counts what was done before it, and says why it scores', () => {
    const stands = when(
      given([
        ['looks', 0],
        ['prices', 0],
        ['asks', 1],
      ]),
      1,
    );
    expect(stands).toMatchObject({ stage: 'generated', since: day(1), consent: 'given', generated: { type: 'Newsletter Subscribed', channel: 'web' } });
    expect(stands?.score).toMatchObject({ points: 32, fit: 20, interest: 12 });
    expect(scoreInWords(stands?.score ?? { parts: [] }, shippedLeadRules, 'en')).toEqual([
      'has a device that we can supply (+20)',
      'looked at prices (+8)',
      'looked around, 2 times (+4)',
    ]);
  });

  it('is addressed when we reached it, and nurtured when it came back twice', () => {
    const steps: Step[] = [
      ['asks', 0],
      ['mailed', 1],
      ['looks', 2],
      ['opens', 3],
    ];
    expect(when(given(steps.slice(0, 2)), 1)).toMatchObject({ stage: 'addressed', since: day(1) });
    expect(when(given(steps.slice(0, 3)), 2)?.stage).toBe('addressed');
    expect(when(given(steps), 3)).toMatchObject({ stage: 'nurtured', since: day(3), addressedAt: day(1) });
  });

  it('goes to sales by its score at the moment it was reached, or by somebody who says why', () => {
    const warm: Step[] = [
      ['prices', 0],
      ['prices', 1],
      ['product', 1],
      ['asks', 2],
      ['call-me', 2.5],
    ];
    const stands = when(given(warm), 20);
    expect(stands).toMatchObject({ stage: 'handed-over', since: day(2.5), handedOver: { by: 'score' } });
    // It stays handed over when its points have faded.
    expect(stands?.score?.points).toBeLessThan(shippedLeadRules.handOverAt);
    const byHand = when(given([['asks', 0]], { decisions: [decided('hand-over', 1)] }), 2);
    expect(byHand).toMatchObject({ stage: 'handed-over', handedOver: { by: weber } });
    expect(stageInWords(theLead(byHand), 'de')).toBe('übergeben: had a long talk');
  });

  it('is won with its household and lost by a no, by silence and by somebody of ours; who comes back is no longer lost', () => {
    const home = { householdId: householdIdSchema.parse('hh_new'), since: day(5) };
    expect(
      when(
        given(
          [
            ['asks', 0],
            ['looks', 6],
          ],
          { home },
        ),
        90,
      ),
    ).toMatchObject({ stage: 'won', since: day(5) });
    // Whoever asks when they have a household already is no lead.
    expect(when(given([['asks', 6]], { home }), 7)).toBeUndefined();
    const no = when(
      given([
        ['asks', 0],
        ['prices', 1],
        ['refuses', 2],
      ]),
      3,
    );
    expect(no).toMatchObject({ stage: 'lost', lost: { reason: 'said-no', at: day(2) }, consent: 'withdrawn' });
    expect(no?.score).toBeUndefined();
    expect(
      when(
        given([
          ['asks', 0],
          ['refuses', 2],
          ['asks', 3],
        ]),
        4,
      ),
    ).toMatchObject({ stage: 'generated', consent: 'given' });
    expect(
      when(
        given([
          ['asks', 0],
          ['mailed', 20],
        ]),
        31,
      ),
    ).toMatchObject({ stage: 'lost', lost: { reason: 'silent', at: day(30) } });
    expect(
      when(
        given([
          ['asks', 0],
          ['mailed', 20],
          ['looks', 40],
        ]),
        41,
      )?.stage,
    ).toBe('addressed');
    const closed = given([['asks', 0]], { decisions: [decided('close', 1)] });
    expect(when(closed, 2)).toMatchObject({ stage: 'lost', lost: { reason: 'closed', because: 'had a long talk' } });
    expect(
      when(
        {
          ...closed,
          touches: given([
            ['asks', 0],
            ['looks', 2],
          ]).touches,
        },
        3,
      )?.stage,
    ).toBe('generated');
  });

  it('is not scored by what came under an address that has said no: nobody inherits a consent', () => {
    const both = when(
      given([
        ['asks', 0],
        ['opens', 1],
        ['call-me', 2],
      ]),
      2,
    );
    const onlyPhone = when(
      given([
        ['asks', 0],
        ['opens', 1],
        ['call-me', 2],
        ['refuses', 3],
      ]),
      3,
    );
    expect(both?.score?.parts.map(({ rule }) => rule)).toContain('reads-our-mail');
    expect(onlyPhone).toMatchObject({ stage: 'handed-over', consent: 'given' });
    expect(onlyPhone?.score?.parts.map(({ rule }) => rule)).toEqual(['asked-to-be-called']);
  });

  it('says what has changed once, and goes by an address that nobody can read', () => {
    const leadId = leadIdOf(mail);
    expect(contactOf(leadId)).toBe(mail);
    const [first, later] = [
      when(given([['asks', 0]]), 0),
      when(
        given([
          ['asks', 0],
          ['refuses', 1],
        ]),
        1,
      ),
    ];
    expect(leadEvents(leadId, undefined, theLead(first)).map(({ type }) => type)).toEqual(['lead.generated']);
    expect(leadEvents(leadId, first, theLead(later)).map(({ type, data }) => [type, 'reason' in data && data.reason])).toEqual([['lead.lost', 'said-no']]);
    expect(leadEvents(leadId, later, theLead(later))).toEqual([]);
  });
});

it('stands the same whatever order things came in, and however often', () => {
  const step = fc.tuple(fc.constantFrom(...(Object.keys(kinds) as (keyof typeof kinds)[])), fc.integer({ min: 0, max: 40 }));
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 30 }), fc.infiniteStream(fc.nat()), fc.integer({ min: 40, max: 80 }), (steps, chance, now) => {
      const entries = touchesOf(steps);
      const told = [...entries, ...entries].map((entry) => ({ entry, order: chance.next().value as number })).sort((a, b) => a.order - b.order);
      const folded = told.reduce<LeadTouches>((all, { entry: [id, touch] }) => withTouches(all, { [id]: touch }), {});
      expect(when({ touches: folded, decisions: [] }, now)).toEqual(when({ touches: Object.fromEntries(entries), decisions: [] }, now));
    }),
  );
});

it('keeps of a flood how it began and how it goes, whatever order it came in', () => {
  const entries = touchesOf(Array.from({ length: 300 }, (_, index) => ['looks', index / 10] as const));
  fc.assert(
    fc.property(fc.shuffledSubarray(entries, { minLength: 300 }), (shuffled) => {
      const kept = shuffled.reduce<LeadTouches>((all, [id, touch]) => withTouches(all, { [id]: touch }), {});
      expect(Object.keys(kept).sort()).toEqual([...entries.slice(0, 60), ...entries.slice(-140)].map(([id]) => id).sort());
    }),
    { numRuns: 10 },
  );
});
