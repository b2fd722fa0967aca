/** Who gets which piece of a campaign, what it costs, and where the same money would do more. */
import { describe, expect, it } from 'vitest';
import { campaignSchema, experimentOf, isRunning, spentMinor, withCosts, type Campaign } from '../../../../shared/journey/campaign/campaign.ts';
import { pieceFor, type Addressee } from '../../../../shared/journey/campaign/piece-for.ts';
import { campaignCounters, channelResults, steer, type ChannelResult } from '../../../../shared/journey/campaign/result.ts';
import { shippedCampaigns } from '../../../../shared/journey/campaign/shipped-campaigns.ts';
import { wishOf } from '../../../../shared/journey/campaign/wish-of.ts';
import { experimentSchema } from '../../../../shared/journey/experiment/experiment.ts';
import { newSummary } from '../../../../shared/journey/fold/summary.ts';
import { wishSchema } from '../../../../shared/journey/outreach/wish.ts';
import { householdIdSchema, instantSchema, type DeviceType } from '../../../../shared/values.ts';

const now = instantSchema.parse('2026-03-02T06:00:00.000Z');
const householdId = householdIdSchema.parse('hh_anna');
const from = instantSchema.parse('2026-03-01T00:00:00.000Z');
const until = instantSchema.parse('2026-03-15T00:00:00.000Z');
const campaigns = shippedCampaigns.map((example) => campaignSchema.parse({ ...example, on: true, from, until }));
const named = (id: string): Campaign => {
  const found = campaigns.find(({ campaign }) => campaign === id);
  if (found === undefined) throw new Error(id);
  return found;
};
const living = (postalCode: string, devices: DeviceType[] = [], more: Partial<Addressee['known']> = {}): Addressee => ({
  ...{ postalCode, devices, productLines: ['groceries'] },
  known: { summary: newSummary(householdId), now, phases: [], fields: {}, figures: {}, predictions: {}, ...more },
});

describe('a campaign that is shipped', () => {
  it.each(campaigns.map((one) => [one.campaign, one] as const))('%s makes an experiment and wishes that are such', (_, campaign) => {
    expect(experimentSchema.safeParse(experimentOf(campaign)).success).toBe(true);
    for (const piece of campaign.pieces) {
      const wish = wishOf(campaign, piece, householdId, now);
      expect(wishSchema.parse(wish)).toEqual(wish);
      expect([wish.kind, wish.until]).toEqual([campaign.campaign, instantSchema.parse('2026-03-09T06:00:00.000Z')]);
    }
  });

  it('invites those who live nearby, each to their own town, and nobody else', () => {
    const { audience: _, ...tasting } = named('tasting-nearby');
    const pieces = ['10969', 'D 12345', '80331', '20095'].map((code) => pieceFor(tasting, living(code.replace('D ', '')))?.piece);
    expect(pieces).toEqual(['berlin', 'berlin', 'munich', undefined]);
  });

  it('asks whom it concerns first, and what nobody knows does not hold', () => {
    const tasting = named('tasting-nearby');
    expect(pieceFor(tasting, living('10969'))).toBeUndefined();
    const unknown = { audience: { prediction: 'leaves', atLeast: 0 }, pieces: tasting.pieces };
    expect(pieceFor(unknown, living('10969'))).toBeUndefined();
    expect(pieceFor(unknown, living('10969', [], { predictions: { leaves: 0.2 } }))?.piece).toBe('berlin');
  });

  it('goes by what the household has', () => {
    expect([pieceFor(named('heating-check'), living('1', ['heating']))?.piece, pieceFor(named('heating-check'), living('1', ['tv']))]).toEqual([
      'heating-owners',
      undefined,
    ]);
  });
});

describe('its money', () => {
  it('is the last word of each day and channel, and ends the campaign when it is used up', () => {
    const campaign = named('tasting-nearby');
    const costs = withCosts(
      [{ day: '2026-03-01', channel: 'app', minor: 100 }],
      [
        { day: '2026-03-02', channel: 'e-mail', minor: 49_000 },
        { day: '2026-03-01', channel: 'app', minor: 900 },
      ],
    );
    expect([costs.length, spentMinor(costs)]).toEqual([2, 49_900]);
    expect([
      isRunning({ campaign, costs }, now),
      isRunning({ campaign, costs: withCosts(costs, [{ day: '2026-03-02', channel: 'tv', minor: 100 }]) }, now),
    ]).toEqual([true, false]);
    expect(withCosts(costs, [{ day: '2026-03-02', channel: 'e-mail', minor: 0 }])).toEqual([{ day: '2026-03-01', channel: 'app', minor: 900 }]);
    expect([isRunning({ campaign: { ...campaign, on: false }, costs }, now), isRunning({ campaign, costs }, until)]).toEqual([false, false]);
  });

  it('is set against whom each channel reached and who answered; a device’s own cycle is no answer', () => {
    const traces = [
      { type: 'outreach.sent', channel: 'app', initiator: 'company', campaign: 'x' },
      { type: 'outreach.sent', channel: 'tv', initiator: 'company', campaign: 'x' },
      { type: 'outreach.opened', channel: 'app', initiator: 'customer', campaign: 'x' },
      { type: 'Product Viewed', channel: 'web', initiator: 'customer', campaign: 'x' },
      { type: 'supply.low', channel: 'fridge', initiator: 'device', campaign: 'x' },
      { type: 'outreach.sent', channel: 'app', initiator: 'company', campaign: 'y' },
      { type: 'outreach.sent', channel: 'app', initiator: 'company', campaign: 'Some|One else’s' },
    ] as const;
    const counters: Record<string, number> = {};
    for (const trace of traces) for (const name of campaignCounters(trace)) counters[name] = (counters[name] ?? 0) + 1;
    expect(Object.keys(counters)).toHaveLength(5);
    expect(channelResults('x', counters, [{ day: '2026-03-01', channel: 'app', minor: 300 }])).toEqual([
      { channel: 'app', reached: 1, answered: 1, costMinor: 300, perReached: 300, perAnswer: 300 },
      { channel: 'tv', reached: 1, answered: 0, costMinor: 0, perReached: 0 },
      { channel: 'web', reached: 0, answered: 1, costMinor: 0, perAnswer: 0 },
    ]);
  });

  const result = (channel: string, reached: number, answered: number, costMinor: number): ChannelResult => ({
    ...{ channel, reached, answered, costMinor },
    ...(answered > 0 && { perAnswer: costMinor / answered }),
  });
  it('is steered from the dearest answer to the cheapest, where both were tried enough', () => {
    // 20 answers for 200 € against 20 for 20 €: half of the 200 € would buy 100 there and loses 10 here.
    expect(steer([result('e-mail', 200, 20, 20_000), result('tv', 100, 20, 2_000)])).toEqual({
      ...{ from: 'e-mail', to: 'tv', shareOfBudget: 0.5, dear: 1_000, better: 100, moreAnswers: 90 },
    });
    expect(steer([result('e-mail', 200, 20, 2_800), result('tv', 100, 20, 2_000)])).toBeUndefined();
    expect(steer([result('e-mail', 200, 20, 20_000), result('tv', 29, 20, 2_000)])).toBeUndefined();
    expect(steer([result('e-mail', 200, 4, 20_000), result('tv', 100, 20, 2_000)])).toBeUndefined();
  });
});
