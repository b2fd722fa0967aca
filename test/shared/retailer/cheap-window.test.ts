/** Prices as signals: what is well below usual, until when, and that repeats and late copies of a shop's messages change nothing. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cheapWindowOf, keptCheapWindowSchema, withCheapWindow, type KeptCheapWindow } from '../../../shared/retailer/cheap-window.ts';
import { lateGoodsOf, latenessSchema, withDelivery, type Lateness } from '../../../shared/retailer/lateness.ts';
import { isOffer, replaces, withEarlierPrices, type KeptOffer, type Offer } from '../../../shared/retailer/offer.ts';
import { usualPrice } from '../../../shared/retailer/usual-price.ts';
import { addDuration, duration, euros, type Instant } from '../../../shared/values.ts';
import { frischhof, offerOf } from '../order/order-examples.ts';
import { START } from '../supply/milk.ts';

const day = (days: number): Instant => addDuration(START, duration(days, 'days'));
const published = (days: number, cents: number, more: Partial<Offer> = {}): Offer =>
  offerOf({ price: euros(cents), publishedAt: day(days), validUntil: day(days + 1.5), ...more });
/** As the store takes them: what was published later stands. */
const taken = (messages: readonly Offer[]): KeptOffer | undefined =>
  messages.reduce<KeptOffer | undefined>((stored, offer) => (replaces(offer, stored) ? withEarlierPrices(offer, stored) : stored), undefined);

const month = Array.from({ length: 30 }, (_, index) => published(index, 239));
const promotion = [published(30, 189), published(31, 189)];

describe('a cheap window', () => {
  it('opens when a price falls well below what it usually is there, and ends with the offer', () => {
    const cheap = taken([...month, ...promotion]);
    expect(cheap && cheapWindowOf(cheap, day(31.1))).toMatchObject({ kind: 'cheap-window', at: day(30), until: day(32.5), unitMinor: 189, usualMinor: 239 });
    expect(cheap && cheapWindowOf(cheap, day(33))).toBeUndefined();
  });

  it('does not open for a little less, for what is not to be had, or before anybody knows what is usual', () => {
    const at = (messages: readonly Offer[], now: number) => {
      const offer = taken(messages);
      return offer && cheapWindowOf(offer, day(now));
    };
    expect(at([...month, published(30, 225)], 30.1)).toBeUndefined();
    expect(at([...month, published(30, 189, { available: false })], 30.1)).toBeUndefined();
    expect(at([published(0, 239), published(5, 189)], 5.1)).toBeUndefined();
  });

  it('is the same, and so is the usual price, with repeats of messages and copies that come late', () => {
    const messages = [...month.slice(20), ...promotion, published(32, 239), published(33, 199)];
    const [once, now] = [taken([...month, ...messages]), day(33.1)];
    const kept = (told: readonly Offer[]) => {
      let stored: KeptOffer | undefined = taken(month);
      let window: KeptCheapWindow | undefined;
      for (const offer of told) {
        if (replaces(offer, stored)) stored = withEarlierPrices(offer, stored);
        window = (stored && withCheapWindow(window, stored, stored.publishedAt)) ?? window;
      }
      return { window: keptCheapWindowSchema.parse(window), usual: stored && isOffer(stored) && usualPrice(stored, now) };
    };
    const plain = kept(messages);
    expect([plain.usual, plain.window.window.endedAt]).toEqual([once && isOffer(once) && usualPrice(once, now), undefined]);
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(messages.length - 1), fc.nat(messages.length - 1)), { maxLength: 12 }), (copies) => {
        // After each message some that were told before come once more.
        const told = messages.flatMap((offer, index) => [
          offer,
          ...copies.flatMap(([after, which]) => (after === index ? messages.slice(Math.min(which, index), index + 1) : [])),
        ]);
        expect(kept(told)).toEqual(plain);
      }),
    );
  });

  it('is over when the price is as it was, and stays over', () => {
    const cheap = taken([...month, ...promotion]);
    const open = cheap && withCheapWindow(undefined, cheap, day(31));
    const back = withEarlierPrices(published(32, 239), cheap);
    const over = withCheapWindow(open, back, day(32));
    expect(over?.window).toMatchObject({ endedAt: day(32) });
    expect(cheap && withCheapWindow(over, cheap, day(32.1))).toBeUndefined();
    expect(withCheapWindow(over, back, day(32.1))).toBeUndefined();
  });
});

describe('goods that come late', () => {
  const lived = (deliveries: readonly (readonly [day: number, daysLate: number])[]): Lateness =>
    latenessSchema.parse(
      deliveries.reduce<Lateness | undefined>((before, [at, daysLate]) => withDelivery(before, frischhof, { at: day(at), daysLate }), undefined),
    );
  const weeks = (from: number, count: number, late: (index: number) => number) =>
    Array.from({ length: count }, (_, index) => [from + (index % 14), late(index)] as const);
  const usually = weeks(0, 60, (index) => (index % 10 === 0 ? 1 : 0));

  it('are a signal when the last weeks are surely later than the ones before, by so many days', () => {
    const later = lateGoodsOf(lived([...usually, ...weeks(42, 30, (index) => (index % 3 === 0 ? 0 : 2))]), day(56));
    expect(later).toMatchObject({ kind: 'late-goods', retailerId: frischhof, days: 1.2 });
  });

  it('are none for as late as ever, for a few, and when nothing has come for long', () => {
    expect(lateGoodsOf(lived([...weeks(0, 60, () => 2), ...weeks(42, 30, () => 2)]), day(56))).toBeUndefined();
    expect(lateGoodsOf(lived([...usually, ...weeks(42, 10, () => 3)]), day(56))).toBeUndefined();
    expect(lateGoodsOf(lived([...usually, ...weeks(42, 30, () => 3)]), day(90))).toBeUndefined();
  });

  it('are counted the same in whichever order they are told', () => {
    const deliveries = weeks(0, 40, (index) => index % 3);
    fc.assert(
      fc.property(fc.shuffledSubarray(deliveries, { minLength: deliveries.length }), (told) => {
        expect(lived(told)).toEqual(lived(deliveries));
      }),
    );
  });
});
