/** A campaign filled in and changed: what is wrong at which field, what stays once it has begun, and what it would do to whom. */
import { describe, expect, it } from 'vitest';
import { frozenFaults, readCampaign } from '../../../../shared/journey/campaign/campaign-faults.ts';
import { campaignSchema, type Campaign, type KeptCampaign } from '../../../../shared/journey/campaign/campaign.ts';
import { putCampaign } from '../../../../shared/journey/campaign/change-campaign.ts';
import type { Addressee } from '../../../../shared/journey/campaign/piece-for.ts';
import { tryOnHouseholds } from '../../../../shared/journey/campaign/preview.ts';
import { newSummary } from '../../../../shared/journey/fold/summary.ts';
import { addDuration, duration, householdIdSchema, instantSchema, type Instant } from '../../../../shared/values.ts';

const START = instantSchema.parse('2026-03-02T00:00:00.000Z');
const day = (many: number): Instant => addDuration(START, duration(many, 'days'));
const both = (text: string) => ({ de: text, en: text });
const piece = (name: string, more: object = {}) => ({ piece: name, title: both(name), text: both('x'), ...more });
const campaign = (more: object = {}): Campaign =>
  campaignSchema.parse({
    ...{ campaign: 'spring', name: both('Spring'), on: false, from: day(0), until: day(28), budget: { amountMinor: 100, currency: 'EUR' } },
    ...{ purpose: 'suggestion', reason: both('because'), channels: ['app'], phase: 'loyalty', pieces: [piece('all')], controlPercent: 10 },
    ...{ outcome: ['outreach.opened'], ...more },
  });

/** Puts one after the other on the days given; the last answer and what stands. */
function given(...puts: readonly (readonly [on: number, campaign: Campaign])[]) {
  let stands: KeptCampaign | undefined;
  let last = '';
  for (const [on, wanted] of puts) {
    const outcome = putCampaign(stands, wanted, day(on));
    last = outcome.kind === 'changed' ? 'changed' : outcome.reason;
    if (outcome.kind === 'changed') stands = outcome.state;
  }
  return { last, stands };
}

describe('a campaign that is changed', () => {
  it('may be anything until it has begun, also where it was switched off before that', () => {
    expect(given([1, campaign()], [2, campaign({ controlPercent: 20, outcome: ['order.placed'] })]).last).toBe('changed');
    const ahead = campaign({ from: day(5), on: true });
    expect(given([1, ahead], [2, campaign({ from: day(3), on: true })]).last).toBe('changed');
    expect(given([1, ahead], [2, campaign({ from: day(5) })], [9, campaign({ from: day(5), controlPercent: 0 })]).last).toBe('changed');
  });

  it('keeps what its figures rest on from then on, on or off, and takes everything else', () => {
    const begun = [1, campaign({ on: true })] as const;
    for (const more of [{ controlPercent: 20 }, { outcome: ['order.placed'] }, { from: day(1) }]) {
      expect([more, given(begun, [3, campaign({ on: true, ...more })]).last]).toEqual([more, 'begun']);
      expect([more, given(begun, [3, campaign()], [4, campaign(more)]).last]).toEqual([more, 'begun']);
    }
    const other = { pieces: [piece('else'), piece('all')], until: day(60), channels: ['tv'], budget: { amountMinor: 900, currency: 'EUR' } };
    const { last, stands } = given(begun, [3, campaign({ on: true, ...other })]);
    expect([last, stands?.begunAt]).toEqual(['changed', day(1)]);
    expect(given(begun, [3, campaign({ on: true })]).last).toBe('as-it-stands');
  });

  it('knows of one kept before only that it is on', () => {
    const kept: KeptCampaign = { campaign: campaign({ on: true }), costs: [], changedAt: day(0) };
    expect(putCampaign(kept, campaign({ on: true, controlPercent: 0 }), day(2))).toMatchObject({ kind: 'rejected', reason: 'begun' });
    expect(frozenFaults(kept, campaign({ controlPercent: 0 }), day(2)).map(({ at }) => at)).toEqual(['controlPercent']);
  });
});

describe('what is wrong', () => {
  const faultsOf = (more: object) => (readCampaign({ ...campaign(), ...more }).faults ?? []).map(({ at, words }) => [at, words.en]);
  it('stands at its field, in words', () => {
    expect(faultsOf({})).toEqual([]);
    expect(faultsOf({ pieces: [piece('all', { link: 'https://elsewhere.example/' })] })).toEqual([['pieces.0.link', 'Begins with /app/.']]);
    expect(faultsOf({ until: day(0) })).toEqual([['until', 'The end comes after the beginning.']]);
    expect(faultsOf({ pieces: [] })).toEqual([['pieces', 'Something has to be said: a piece for households, or something for leads.']]);
    expect(faultsOf({ pieces: [piece('a'), piece('a')] })).toEqual([['pieces', 'Each name may stand once.']]);
    expect(faultsOf({ from: '2026-03', name: both(''), controlPercent: Number.NaN })).toEqual([
      ['name.de', 'Something is still missing here.'],
      ['name.en', 'Something is still missing here.'],
      ['from', 'A day is missing here.'],
      ['controlPercent', 'Something is still missing here.'],
    ]);
  });
});

describe('what it would do', () => {
  const household = (postalCode: string, devices: readonly ('fridge' | 'tv')[], predictions: Record<string, number> = {}): Addressee => ({
    ...{ postalCode, devices, productLines: [] },
    known: { summary: newSummary(householdIdSchema.parse('hh_anna')), now: day(2), phases: [], fields: {}, figures: {}, predictions },
  });
  it('is said of those that were looked at, each by the first piece that is meant for it; who is not known is not concerned', () => {
    const pieces = [piece('berlin', { for: { postalAreas: ['10'] } }), piece('fridges', { for: { devices: ['fridge'] } })];
    const leaving = { leaves: 0.9 };
    const households = [household('10115', ['fridge'], leaving), household('80331', ['fridge'], leaving), household('80331', [], leaving)];
    const others = [household('10115', [], { leaves: 0.1 }), household('10115', [])];
    expect(tryOnHouseholds(campaign({ pieces, audience: { prediction: 'leaves', atLeast: 0.5 } }), [...households, ...others])).toEqual({
      ...{ of: 5, concerned: 3, unknown: 1 },
      pieces: [
        { piece: 'berlin', get: 1 },
        { piece: 'fridges', get: 1 },
      ],
    });
  });
});
