/** Campaigns for leads: given what somebody did and was told, when a campaign runs, then whether it says something to them, what, and how often. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addressLead, type LeadNow } from '../../../../shared/journey/campaign/address-lead.ts';
import { campaignSchema, type Campaign } from '../../../../shared/journey/campaign/campaign.ts';
import { tryOnLeads } from '../../../../shared/journey/campaign/preview.ts';
import { contributionOfLead } from '../../../../shared/journey/lead/lead-counters.ts';
import { joined, type LeadAddressings } from '../../../../shared/journey/lead/lead-addressing.ts';
import { leadIdOf } from '../../../../shared/journey/lead/lead-id.ts';
import type { LeadTouch, LeadTouches } from '../../../../shared/journey/lead/lead-touch.ts';
import { standLead, yesOf, type LeadFacts } from '../../../../shared/journey/lead/lead.ts';
import { shippedLeadRules } from '../../../../shared/journey/lead/shipped-lead-rules.ts';
import { mergeCounters } from '../../../../shared/journey/tally/batch.ts';
import { addDuration, duration, instantSchema, type Instant } from '../../../../shared/values.ts';

const START = instantSchema.parse('2026-03-02T08:00:00.000Z');
const day = (many: number): Instant => addDuration(START, duration(Math.round(many * 24 * 60), 'minutes'));
const mail = `email:hidden:${'a'.repeat(40)}`;
const phone = `phone:hidden:${'b'.repeat(40)}`;
const leadId = leadIdOf(mail);
const from = { source: 'src_web', messageId: 'form-17' };

const kinds = {
  looks: { type: 'page', channel: 'web', initiator: 'customer' },
  prices: { type: 'page', channel: 'web', initiator: 'customer', said: { name: 'Prices' } },
  asks: { type: 'Newsletter Subscribed', channel: 'web', initiator: 'customer', names: [mail], said: { consent: true, postalCode: '10 115' }, from },
  'call-me': { type: 'Callback Requested', channel: 'web', initiator: 'customer', names: [phone] },
  mailed: { type: 'Email Delivered', channel: 'e-mail', initiator: 'company', names: [mail] },
  refuses: { type: 'Unsubscribed', channel: 'e-mail', initiator: 'customer', names: [mail] },
} as const;
type Step = readonly [kind: keyof typeof kinds, day: number];
const touchesOf = (steps: readonly Step[]): LeadTouches =>
  Object.fromEntries(steps.map(([kind, when], index) => [index.toString(16).padStart(16, '0'), { ...kinds[kind], at: day(when) } as LeadTouch]));
const given = (steps: readonly Step[], campaigns?: LeadAddressings): LeadFacts => ({
  touches: touchesOf(steps),
  decisions: [],
  ...(campaigns && { campaigns }),
});

const both = (text: string) => ({ de: `${text} (de)`, en: text });
const piece = (name: string, more: object = {}) => ({ piece: name, title: both(name), text: both('Come and see'), ...more });
const campaign = (more: object = {}, leads: object = {}): Campaign =>
  campaignSchema.parse({
    ...{ campaign: 'nurture', name: both('Nurture'), on: true, from: START, until: day(200), budget: { amountMinor: 1, currency: 'EUR' } },
    ...{ purpose: 'news', reason: both('x'), channels: ['app'], phase: 'information', pieces: [], controlPercent: 0, outcome: ['order.delivered'] },
    leads: { quietDays: 3, reason: both('because you asked'), channels: ['e-mail', 'call-centre'], pieces: [piece('all')], outcome: 'came-back', ...leads },
    ...more,
  });

function when(facts: LeadFacts, running: readonly Campaign[], at: number) {
  const standing = standLead(facts, shippedLeadRules, day(at));
  if (standing === undefined) throw new Error('expected a lead');
  const lead: LeadNow = { ...facts, leadId, standing };
  return addressLead(lead, running, shippedLeadRules, day(at));
}
const said = (facts: LeadFacts, running: readonly Campaign[], at: number) =>
  when(facts, running, at).told.map(({ data }) => [data.campaign, data.piece, data.channel]);

describe('a campaign for leads', () => {
  it('says its piece under the address that said yes, once nothing came for some days, and only once', () => {
    const asked = given([['asks', 0]]);
    expect(said(asked, [campaign()], 2)).toEqual([]);
    const first = when(asked, [campaign()], 3);
    expect(first.told).toEqual([
      {
        type: 'lead.addressed',
        data: {
          ...{ leadId, to: leadId, campaign: 'nurture', piece: 'all', channel: 'e-mail', title: both('all'), text: both('Come and see') },
          ...{ reason: both('because you asked'), ...from },
        },
      },
    ]);
    expect(said({ ...asked, campaigns: first.campaigns }, [campaign()], 20)).toEqual([]);
    // Made anew of what was done, it is known by what was said to it.
    const told: LeadTouch = { at: day(3), type: 'lead.addressed', channel: 'e-mail', initiator: 'company', campaign: 'nurture', names: [mail] };
    expect(said({ ...asked, touches: { ...asked.touches, ffffffffffffffff: told } }, [campaign()], 20)).toEqual([]);
    expect(standLead({ ...asked, touches: { ...asked.touches, ffffffffffffffff: told } }, shippedLeadRules, day(4))?.stage).toBe('addressed');
  });

  it('says nothing after a no, to whoever is lost, and calls nobody who only gave an address for mail', () => {
    expect(
      said(
        given([
          ['asks', 0],
          ['refuses', 1],
        ]),
        [campaign()],
        9,
      ),
    ).toEqual([]);
    expect(said(given([['asks', 0]]), [campaign()], 40)).toEqual([]);
    expect(said(given([['asks', 0]]), [campaign({}, { channels: ['call-centre'] })], 9)).toEqual([]);
    const byPhone: Step[] = [
      ['asks', 0],
      ['call-me', 1],
      ['refuses', 2],
    ];
    expect(when(given(byPhone), [campaign()], 9).told).toMatchObject([{ data: { channel: 'call-centre', to: leadIdOf(phone) } }]);
  });

  it('chooses the first piece that is meant for somebody by stage, points, interest, beginning and place; what is not known does not hold', () => {
    const warm: Step[] = [
      ['prices', 0],
      ['asks', 1],
    ];
    const pieceOf = (meant: object, steps = warm) => said(given(steps), [campaign({}, { pieces: [piece('meant', { for: meant }), piece('all')] })], 6)[0]?.[1];
    expect(pieceOf({ stages: ['generated'], interests: ['looked-at-prices'], postalAreas: ['10'], asked: ['Newsletter Subscribed'] })).toBe('meant');
    expect([pieceOf({ stages: ['nurtured'] }), pieceOf({ atLeastPoints: 50 }), pieceOf({ postalAreas: ['80'] })]).toEqual(['all', 'all', 'all']);
    expect([pieceOf({ channels: ['web'] }), pieceOf({ postalAreas: ['10'] }, [['call-me', 1]])]).toEqual(['meant', 'all']);
    const some = campaign({}, { audience: { atLeastPoints: 5 }, pieces: [piece('meant', { for: { postalAreas: ['10'] } })] });
    const leads = [warm, [['call-me', 1]] as Step[], [['asks', 1]] as Step[]].map((steps) => {
      const facts = given(steps);
      const standing = standLead(facts, shippedLeadRules, day(6));
      if (standing === undefined) throw new Error('expected a lead');
      return { standing, covered: yesOf(facts, shippedLeadRules).covered };
    });
    expect(some.leads && tryOnLeads(some.leads, leads)).toEqual({ of: 3, concerned: 2, unknown: 0, pieces: [{ piece: 'meant', get: 1 }] });
  });

  it('counts whoever came back within a fortnight against whoever was kept out', () => {
    const asked = given([['asks', 0]]);
    const { campaigns } = when(asked, [campaign()], 3);
    const later = given(
      [
        ['asks', 0],
        ['looks', 10],
      ],
      campaigns,
    );
    const standing = standLead(later, shippedLeadRules, day(11));
    const counters = mergeCounters(standing === undefined ? [] : contributionOfLead({ ...later, standing }).map((one) => one.counters));
    expect(counters).toMatchObject({
      ...{ 'campaign|nurture|lead-reached|e-mail': 1, 'campaign|nurture|lead-answered|e-mail': 1 },
      ...{ 'trial|campaign-nurture-leads|addressed|entered': 1, 'trial|campaign-nurture-leads|addressed|reached': 1 },
    });
  });

  it('takes the first word of two leads that turn out to be one person', () => {
    const entry = (at: number, arm: 'control' | 'addressed') => ({ at: day(at), arm, name: both('x'), outcome: 'won' as const });
    expect(joined([{ a: entry(5, 'addressed'), b: entry(1, 'control') }, { a: entry(2, 'control') }, undefined])).toEqual({
      a: entry(2, 'control'),
      b: entry(1, 'control'),
    });
  });
});

describe('whatever happens in whatever order', () => {
  it('says something at most once for each campaign, never without a yes, never over the cap, and the same for a repeat', () => {
    const many = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => campaign({ campaign: name, controlPercent: 20 }, { quietDays: 1 }));
    const steps = fc.array(fc.tuple(fc.constantFrom(...(Object.keys(kinds) as (keyof typeof kinds)[])), fc.integer({ min: 0, max: 90 })), { maxLength: 12 });
    const looks = fc.array(fc.tuple(fc.integer({ min: 0, max: 100 }), fc.boolean(), fc.shuffledSubarray(many)), { minLength: 1, maxLength: 40 });
    const { gapDays, most, withinDays } = shippedLeadRules.limits;
    let sayings = 0;
    fc.assert(
      fc.property(steps, looks, (happened, times) => {
        let campaigns: LeadAddressings = {};
        const told: { readonly at: number; readonly campaign: string }[] = [];
        for (const [at, isLost, running] of [...times].sort(([a], [b]) => a - b)) {
          const known = happened.filter(([, then]) => then <= at);
          const facts: LeadFacts = { touches: touchesOf(known), decisions: [], campaigns };
          const standing = standLead(facts, shippedLeadRules, day(at));
          if (standing === undefined) continue;
          const now = addressLead({ ...facts, leadId, standing }, running, shippedLeadRules, day(at));
          expect(addressLead({ ...facts, leadId, standing }, running.toReversed(), shippedLeadRules, day(at))).toEqual(now);
          // A write that was lost is as if it had never been: neither kept nor told.
          if (isLost) continue;
          if (now.told.length > 0) expect(yesOf(facts, shippedLeadRules).given).not.toEqual([]);
          told.push(...now.told.map(({ data }) => ({ at, campaign: data.campaign })));
          ({ campaigns } = now);
        }
        expect(new Set(told.map((one) => one.campaign)).size).toBe(told.length);
        for (const [index, one] of told.entries()) {
          expect(told.slice(index + 1).every((other) => other.at - one.at >= gapDays)).toBe(true);
          expect(told.filter((other) => other.at >= one.at && other.at < one.at + withinDays).length).toBeLessThanOrEqual(most);
        }
        sayings += told.length;
      }),
      { seed: 69, numRuns: 300 },
    );
    expect(sayings).toBeGreaterThan(50);
  });
});
