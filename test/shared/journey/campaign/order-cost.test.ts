/** What an order cost by channel and campaign: counted paths set against money, to the cent. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ClosedPath } from '../../../../shared/journey/attribution/closed-path.ts';
import { contributionOfClosed } from '../../../../shared/journey/attribution/contribution.ts';
import { attributionIn } from '../../../../shared/journey/attribution/report.ts';
import { campaignSchema, type Cost } from '../../../../shared/journey/campaign/campaign.ts';
import { overDays, readCostFile } from '../../../../shared/journey/campaign/cost-file.ts';
import { costReportIn } from '../../../../shared/journey/campaign/order-cost.ts';
import { shippedCampaigns } from '../../../../shared/journey/campaign/shipped-campaigns.ts';
import { mergeCounters, type Counters } from '../../../../shared/journey/tally/batch.ts';
import { instantSchema } from '../../../../shared/values.ts';

const at = instantSchema.parse('2026-03-10T12:00:00.000Z');
const campaigns = shippedCampaigns.map((example) =>
  campaignSchema.parse({ ...example, on: true, from: at, until: instantSchema.parse('2026-04-10T12:00:00.000Z') }),
);
const TASTING = 'tasting-nearby';

/** `e-mail@company/tasting-nearby > app@customer`, or with `!` at its end where nothing came of it. */
function path(text: string): ClosedPath {
  const steps = text
    .replace('!', '')
    .split('>')
    .map((step) => {
      const [channel = '', campaign] = step.trim().split('/');
      return { channel, at, ...(campaign !== undefined && { campaign }) };
    });
  return { ended: text.endsWith('!') ? 'lapse' : 'order', at, valueMinor: 1_000, steps };
}
function reportOf(paths: readonly string[], costs: { readonly own?: readonly Cost[]; readonly whole?: readonly Cost[] }) {
  const buckets: Record<string, Counters> = {};
  for (const { bucket, counters } of paths.flatMap((text) => contributionOfClosed([path(text)])))
    buckets[bucket] = mergeCounters([buckets[bucket] ?? {}, counters]);
  const months = { from: '2026-03', to: '2026-03' };
  const report = attributionIn(buckets, { ...months, order: 1, withNulls: true });
  const kept = campaigns.map((campaign) => ({ campaign, costs: campaign.campaign === TASTING ? [...(costs.own ?? [])] : [] }));
  const read = costReportIn({ ...months, report, counters: buckets['2026-03~campaigns'] ?? {}, campaigns: kept, costs: costs.whole ?? [] });
  const of = (model: string) => read.models.find((one) => one.model === model);
  return { read, first: of('first'), last: of('last'), markov: of('markov') };
}
const paid = (channel: Cost['channel'], minor: number, day = '2026-03-05'): Cost => ({ day, channel, minor });

describe('what an order cost', () => {
  it('given two orders that e-mail began and the TV closed, credits both by first and last touch, and says where nothing was earned', () => {
    const paths = [`e-mail@company/${TASTING} > tv@company`, 'e-mail@company > tv@company'];
    const { read, first, last } = reportOf(paths, { own: [paid('e-mail', 300)], whole: [paid('e-mail', 101), paid('web', 50), paid('tv', 9, '2026-04-01')] });
    expect(read.costMinor).toBe(451);
    expect(first?.channels).toEqual([
      { channel: 'e-mail', costMinor: 401, orders: 2, perOrderMinor: 201 },
      { channel: 'web', costMinor: 50, orders: 0 },
    ]);
    expect(last?.channels.at(-1)).toEqual({ channel: 'tv', costMinor: 0, orders: 2, perOrderMinor: 0 });
    expect(first?.campaigns).toMatchObject([
      { campaign: TASTING, costMinor: 300, orders: 1, perOrderMinor: 300, channels: [{ channel: 'e-mail', orders: 1 }] },
    ]);
    // It was touched first and not last.
    expect(last?.campaigns).toMatchObject([{ campaign: TASTING, costMinor: 300, orders: 0 }]);
    expect(last?.campaigns[0]).not.toHaveProperty('perOrderMinor');
  });

  it('given a channel of which a quarter of the touches were the campaign’s, gives it a quarter of the channel’s credit by the chain', () => {
    const paths = [`e-mail@company/${TASTING}`, 'e-mail@company', 'e-mail@company', 'e-mail@company', 'tv@company!'];
    const { markov } = reportOf(paths, { own: [paid('e-mail', 500)] });
    expect(markov?.channels).toEqual([{ channel: 'e-mail', costMinor: 500, orders: 4, perOrderMinor: 125 }]);
    expect(markov?.campaigns).toMatchObject([{ orders: 1, perOrderMinor: 500 }]);
  });

  it('does not let what a device began, or the app by itself, pay for messages; a shop that was found does', () => {
    const { first } = reportOf(['fridge@device', 'app@customer', 'store@customer'], { whole: [paid('fridge', 10), paid('app', 10), paid('store', 10)] });
    expect(first?.channels.map(({ channel, orders }) => [channel, orders])).toEqual([
      ['store', 1],
      ['app', 0],
      ['fridge', 0],
    ]);
  });
});

describe('a file of costs', () => {
  const heading = 'channel,from,to,costMinor,currency,campaign';
  const read = (...lines: string[]) => readCostFile([heading, ...lines].join('\r\n'), (campaign) => campaign === TASTING);

  it('is spread over its days, together exactly what it says', () => {
    const file = read(`e-mail,2026-02-27,2026-03-01,100,EUR,${TASTING}`, 'web;2026-03-01;2026-03-01;5;EUR;');
    expect(file.faults).toEqual([]);
    expect(file.lines[0]?.costs).toEqual([paid('e-mail', 34, '2026-02-27'), paid('e-mail', 33, '2026-02-28'), paid('e-mail', 33, '2026-03-01')]);
    expect(file.lines[1]).toEqual({ line: 3, costs: [paid('web', 5, '2026-03-01')] });
    fc.assert(fc.property(fc.nat(100_000_000), fc.integer({ min: 1, max: 366 }), (minor, days) => overDays(minor, days).reduce((a, b) => a + b, 0) === minor));
  });

  it('says of each line why it was not taken, and takes the others', () => {
    const { lines, faults } = read(
      ...['tram,2026-03-01,2026-03-01,1,EUR,', 'tv,1.3.2026,2026-03-01,1,EUR,', 'tv,2026-03-02,2026-03-01,1,EUR,', 'tv,2026-03-01,2026-03-01,1.50,EUR,'],
      ...[
        'tv,2026-03-01,2026-03-01,1,USD,',
        'tv,2026-03-01,2026-03-01,1,EUR,spring',
        '',
        'tv,2026-03-01,2026-03-31,310,EUR,',
        'tv,2026-03-31,2026-04-01,2,EUR,',
      ],
    );
    expect(lines.map(({ line }) => line)).toEqual([9]);
    expect(faults.map(({ line, because }) => [line, because])).toEqual([
      ...[
        [2, 'channel'],
        [3, 'day'],
        [4, 'period'],
        [5, 'cost'],
        [6, 'currency'],
        [7, 'campaign'],
        [10, 'overlap'],
      ],
    ]);
    expect(readCostFile('channel,day\ntv,2026-03-01', () => true)).toEqual({ lines: [], faults: [{ line: 1, because: 'columns' }] });
  });
});
