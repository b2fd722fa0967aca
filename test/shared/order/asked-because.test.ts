/** The one reason why a person is asked although there is a mandate, by the rules themselves. */
import { describe, expect, it } from 'vitest';
import { askedBecause, askedInWords } from '../../../shared/order/asked-because.ts';
import { chooseMandate, type Mandate, type MandateTerms } from '../../../shared/order/mandate/mandate.ts';
import { decideSpend, emptySpend, type Spend } from '../../../shared/order/mandate/spend.ts';
import { stopSchema } from '../../../shared/order/mandate/stop.ts';
import { quoteFor } from '../../../shared/order/quote.ts';
import { recordDecision, recordProposal, type DecisionRecord } from '../../../shared/order/record.ts';
import { snapshot } from '../../../shared/supply/snapshot.ts';
import { addDuration, duration, euros, mandateIdSchema } from '../../../shared/values.ts';
import { milk as milkSupply } from '../supply/milk.ts';
import { anna, butter, frischhof, grantOf, householdId, milk, offerOf, proposedAt, soon, terms, timeZone, wantedOf } from './order-examples.ts';

const wanted = [wantedOf({ category: 'groceries' })];
const { needId, supplyId } = wantedOf();
const figures = snapshot(milkSupply(), proposedAt);

interface Case {
  readonly limits?: Partial<MandateTerms>;
  readonly change?: (spend: Spend) => Spend;
  readonly judged?: object;
  readonly offer?: Parameters<typeof offerOf>[0];
}
const granted = (spend: Spend, limits: Partial<MandateTerms>, id?: Mandate['mandateId']): Spend => {
  const outcome = decideSpend(spend, { type: 'grant', mandate: grantOf({ gtins: [milk], perOrderMax: euros(5_000), ...limits }, id) });
  if (outcome.kind !== 'changed') throw new Error(outcome.reason);
  return outcome.state;
};

/** Two packs of milk, 5.48 € with delivery, judged by what a case says. */
function because({ limits = {}, change = (spend) => spend, judged = {}, offer }: Case) {
  const shop = { retailerId: frischhof, terms, offers: [offerOf(offer)] };
  const { quote } = quoteFor({ ...shop, wanted, now: proposedAt });
  if (quote === undefined) throw new Error('milk is sold');
  const needs = [{ needId, supplyId, snapshot: { ...figures, ...judged } }];
  const record = recordProposal({ at: proposedAt, needs, wanted, considered: [shop], quote });
  const spend = change(granted(emptySpend(householdId), limits));
  const choice = chooseMandate(Object.values(spend.mandates), spend, quote, soon, timeZone, record.proposal.needs);
  const decided: DecisionRecord = recordDecision(record, spend, choice, soon, timeZone);
  return askedBecause(decided, quote);
}
const stopped = (stop: object) => (spend: Spend) => ({ ...spend, stops: [stopSchema.parse({ at: proposedAt, ...stop })] });
const byAnna = { kind: 'member', memberId: anna, because: 'away' };
const brake = { goods: euros(9_000), expected: euros(2_000), limit: euros(4_000), days: 28 };
const shadow = { standing: 'withdrawn', withdrawnAt: proposedAt, right: 2, of: 4 };

it('is none where a mandate buys, or where nobody has granted one', () => {
  expect(because({})).toBeUndefined();
  expect(because({ change: (spend) => ({ ...spend, mandates: {} }) })).toBeUndefined();
});

describe('each rule has its own', () => {
  it.each<[string, Case, object, string]>([
    ['the brake', { change: stopped({ kind: 'brake', stopId: 'household', figures: brake }) }, { kind: 'brake', figures: brake }, 'the brake has stopped'],
    ['a stop of everything', { change: stopped({ ...byAnna, stopId: 'household' }) }, { kind: 'stopped' }, 'a person has stopped automatic buying'],
    ['a stop of this item', { change: stopped({ ...byAnna, stopId: supplyId }) }, { kind: 'item-stopped', supplyId }, `automatic buying of ${supplyId}`],
    ['a stop of this shop', { change: stopped({ ...byAnna, stopId: frischhof }) }, { kind: 'shop-stopped' }, 'at this shop'],
    ['another product', { limits: { gtins: [butter] } }, { kind: 'not-named', titles: ['Fresh milk 3.5 %'] }, 'it does not name Fresh milk 3.5 %'],
    ['a doubted sensor', { judged: { trust: { value: 0.2, reason: 'stuck' } } }, { kind: 'sensor-doubted', supplyId, reason: 'stuck' }, 'it stands still'],
    ['automation that was withdrawn', { judged: { shadow } }, { kind: 'withdrawn', right: 2, of: 4 }, 'we were wrong too often lately (2 of 4 right)'],
    [
      'automation that is not earned yet',
      { limits: { gtins: [], categories: ['groceries'] }, judged: { shadow: { standing: 'learning', since: soon, right: 1, of: 2 } } },
      { kind: 'not-earned', right: 1, of: 2 },
      'has not earned yet to be bought without asking (1 of 2 right)',
    ],
    [
      'the cap of an order',
      { limits: { perOrderMax: euros(500) } },
      { kind: 'order-cap', most: euros(500), total: euros(548) },
      '5.48 € is more than its 5.00 € per order',
    ],
    [
      'the cap of a month',
      { limits: { perMonthMax: euros(500) } },
      { kind: 'month-cap', most: euros(500), total: euros(548) },
      'would pass its 5.00 € per month',
    ],
    ['a mandate that is paused', { change: paused }, { kind: 'paused' }, 'it is paused'],
  ])('%s', (_, wish, expected, sentence) => {
    const found = because(wish);
    expect(found).toMatchObject({ ...expected, others: 0 });
    expect(found && askedInWords(found)).toContain(sentence);
  });
});

function paused(spend: Spend): Spend {
  const [mandate] = Object.values(spend.mandates);
  return mandate === undefined ? spend : { ...spend, mandates: { [mandate.mandateId]: { ...mandate, state: 'paused' } } };
}

it('names the price that is above the usual one beside a cap, and no price that is as ever', () => {
  const since = addDuration(proposedAt, duration(-100, 'days'));
  const risen = { price: euros(259), priceSince: addDuration(proposedAt, duration(-2, 'days')), earlierPrices: [{ price: euros(129), since }] };
  const found = because({ limits: { perOrderMax: euros(600) }, offer: risen });
  expect(found).toMatchObject({ kind: 'order-cap', dearer: { title: 'Fresh milk 3.5 %', price: euros(259), usual: euros(129) } });
  expect(found && askedInWords(found)).toContain('(Fresh milk 3.5 % costs 2.59 € instead of 1.29 €)');
  expect(because({ limits: { perOrderMax: euros(500) }, offer: { ...risen, price: euros(135) } })).not.toHaveProperty('dearer');
});

it('is told of the mandate that was meant for these goods, and says how many rules more stand in the way', () => {
  const other = mandateIdSchema.parse('man_butter');
  const found = because({ limits: { perOrderMax: euros(500), perMonthMax: euros(500) }, change: (spend) => granted(spend, { gtins: [butter] }, other) });
  // The one for butter breaks a single rule, and has nothing to do with milk.
  expect(found).toMatchObject({ kind: 'order-cap', others: 1 });
  expect(found && askedInWords(found)).toMatch(/, and one more rule stood in the way\.$/);
});
