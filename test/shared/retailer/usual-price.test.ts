import { describe, expect, it } from 'vitest';
import { usualPrice } from '../../../shared/retailer/usual-price.ts';
import { addDuration, duration, euros } from '../../../shared/values.ts';
import { START } from '../supply/milk.ts';

const daysAgo = (days: number) => addDuration(START, duration(-days, 'days'));
const history = (...prices: [cents: number, sinceDaysAgo: number][]) => {
  const [price = [0, 0], ...earlier] = prices.toReversed();
  const earlierPrices = earlier.toReversed().map(([cents, days]) => ({ price: euros(cents), since: daysAgo(days) }));
  return { price: euros(price[0]), priceSince: daysAgo(price[1]), publishedAt: START, earlierPrices };
};

describe('the usual price', () => {
  it('is the one that stood for half of the time, whatever a week of offers did', () => {
    expect(usualPrice(history([200, 60], [140, 30], [200, 23], [150, 3]), START)).toEqual(euros(200));
  });
  it('follows when the price has changed for good', () => {
    expect(usualPrice(history([200, 100], [250, 60]), START)).toEqual(euros(250));
  });
  it('forgets what was months ago', () => {
    expect(usualPrice(history([100, 700], [200, 70], [210, 2]), START)).toEqual(euros(200));
  });
  it('is unknown in the first weeks', () => {
    expect(usualPrice(history([200, 20]), START)).toBeUndefined();
    expect(usualPrice({ price: euros(200), publishedAt: daysAgo(22) }, START)).toEqual(euros(200));
  });
});
