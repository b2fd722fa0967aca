/** What an order cost, by channel and by campaign: what was paid in some months set against the orders that attribution credits in the same months. */
import type { AttributionReport } from '../attribution/report.ts';
import type { Counters } from '../tally/batch.ts';
import { channelOfReach, reachChannels } from '../outreach/words.ts';
import { spentMinor, type Cost, type KeptCampaign } from './campaign.ts';

/** Those that the console shows first; the others are on the page on attribution. */
export const costModels = ['first', 'last', 'markov'] as const;
export type CostModel = (typeof costModels)[number];

export interface OrderCost {
  readonly channel: string;
  readonly costMinor: number;
  /** Credited; parts of orders too. */
  readonly orders: number;
  /** Whole minor units; absent: no order is credited to it. */
  readonly perOrderMinor?: number;
}
export interface CampaignOrderCost extends Omit<OrderCost, 'channel'> {
  readonly campaign: string;
  readonly name: { readonly de: string; readonly en: string };
  readonly channels: readonly OrderCost[];
}
export interface OrderCosts {
  readonly model: CostModel;
  readonly channels: readonly OrderCost[];
  readonly campaigns: readonly CampaignOrderCost[];
}
export interface CostReport {
  /** `YYYY-MM`, both included. */
  readonly from: string;
  readonly to: string;
  /** All of it, whatever it was for. */
  readonly costMinor: number;
  readonly models: readonly OrderCosts[];
}

/** A hundredth of an order is none: what it cost would be a figure of chance. */
const LEAST_ORDERS = 0.01;

function costOf(channel: string, costMinor: number, orders: number): OrderCost {
  return { channel, costMinor, orders, ...(orders >= LEAST_ORDERS && { perOrderMinor: Math.round(costMinor / orders) }) };
}

const sends: readonly string[] = reachChannels.map(channelOfReach);
/**
 * Money paid for a channel earns what we begin there. Where we send nothing ourselves (web, shops, networks) it pays for being found, so what customers
 * begin counts too. What a device began cost nothing in advertising.
 */
const isPaidFor = (touchChannel: string): boolean => {
  const [channel = '', initiator] = touchChannel.split('@');
  return initiator === 'company' || (initiator === 'customer' && channel !== 'direct' && !sends.includes(channel));
};
const nameIn = (touchChannel: string): string => touchChannel.split('@')[0] ?? '';

export interface AskedOfCosts {
  readonly from: string;
  readonly to: string;
  /** Of the same months, with a chain of the first order. */
  readonly report: AttributionReport;
  /** Of the same months: `campaignOrders` of `attribution/contribution.ts`. */
  readonly counters: Counters;
  readonly campaigns: readonly Pick<KeptCampaign, 'campaign' | 'costs'>[];
  /** Of channels as a whole. */
  readonly costs: readonly Cost[];
}

export function costReportIn({ from, to, report, counters, campaigns, costs }: AskedOfCosts): CostReport {
  const within = (all: readonly Cost[]): Cost[] => all.filter(({ day }) => from <= day.slice(0, 7) && day.slice(0, 7) <= to);
  const kept = campaigns.map(({ campaign, costs: own }) => ({ campaign, costs: within(own) }));
  const all = [...within(costs), ...kept.flatMap((one) => one.costs)];
  const models = costModels.map((model): OrderCosts => {
    const credits = creditsBy(report, model);
    return {
      model,
      channels: sorted(join(all, sumBy([...credits].flatMap(([channel, orders]) => (isPaidFor(channel) ? [[nameIn(channel), orders]] : []))))),
      campaigns: kept.flatMap(({ campaign: { campaign, name }, costs: own }) => {
        const channels = sorted(join(own, ordersOf(campaign, model, { report, counters, credits })));
        const { channel: _, ...sum } = costOf(
          '',
          spentMinor(own),
          channels.reduce((orders, one) => orders + one.orders, 0),
        );
        return channels.length === 0 ? [] : [{ campaign, name, ...sum, channels }];
      }),
    };
  });
  return { from, to, costMinor: spentMinor(all), models };
}

const creditsBy = ({ models }: AttributionReport, model: CostModel): Map<string, number> =>
  new Map(models.find((one) => one.model === model)?.channels.map(({ channel, conversions }) => [channel, conversions]));

function sumBy(pairs: readonly (readonly [string, number])[]): Map<string, number> {
  const sums = new Map<string, number>();
  for (const [name, many] of pairs) sums.set(name, (sums.get(name) ?? 0) + many);
  return sums;
}

function join(costs: readonly Cost[], orders: ReadonlyMap<string, number>): OrderCost[] {
  const paid = sumBy(costs.map(({ channel, minor }) => [channel, minor]));
  return [...new Set([...paid.keys(), ...orders.keys()])]
    .map((channel) => costOf(channel, paid.get(channel) ?? 0, orders.get(channel) ?? 0))
    .filter((one) => one.costMinor > 0 || one.orders >= LEAST_ORDERS);
}
/** The dearest first. */
const sorted = (costs: readonly OrderCost[]): OrderCost[] =>
  [...costs].sort((a, b) => b.costMinor - a.costMinor || b.orders - a.orders || (a.channel < b.channel ? -1 : 1));

interface Credited {
  readonly report: AttributionReport;
  readonly counters: Counters;
  readonly credits: ReadonlyMap<string, number>;
}
/**
 * First and last touch are counted as they are. The chain knows channels and no campaigns: of a channel's credit a campaign has the part that its touches
 * are of all touches of that channel which led to an order.
 */
function ordersOf(campaign: string, model: CostModel, { report, counters, credits }: Credited): Map<string, number> {
  const counted = Object.entries(counters).flatMap(([name, many]): [string, number][] => {
    const [kind, of, channel = ''] = name.split('|');
    return of === campaign && kind === (model === 'markov' ? 'touch' : model) ? [[channel, many]] : [];
  });
  if (model !== 'markov') return sumBy(counted.map(([channel, many]) => [nameIn(channel), many]));
  return sumBy(
    counted.map(([channel, touches]) => {
      const all = report.lags.find((one) => one.channel === channel)?.many.reduce((sum, many) => sum + many, 0) ?? 0;
      return [nameIn(channel), all > 0 ? ((credits.get(channel) ?? 0) * touches) / all : 0];
    }),
  );
}
