/** Conversion paths: the same moments make the same runs in whatever order they come, and a success beats the timer. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { advance, type World } from '../../../../shared/journey/conversion-path/advance.ts';
import { hear, heardBy, instanceSchema, newInstance, standsAt, type Instance } from '../../../../shared/journey/conversion-path/instance.ts';
import { momentOf } from '../../../../shared/journey/conversion-path/moment.ts';
import { contributionOfInstance, numbersIn } from '../../../../shared/journey/conversion-path/numbers.ts';
import { definitionOf, pathSchema, storedPathSchema, withVersion, type Path } from '../../../../shared/journey/conversion-path/path.ts';
import { shippedPaths } from '../../../../shared/journey/conversion-path/shipped-paths.ts';
import { asShipped } from '../../../../shared/journey/conversion-path/with-shipped.ts';
import type { Wish } from '../../../../shared/journey/outreach/wish.ts';
import { touchpointId, touchpointSchema, type Touchpoint } from '../../../../shared/journey/touchpoint.ts';
import { addDuration, duration, householdIdSchema, type Instant } from '../../../../shared/values.ts';
import { MONDAY } from '../outreach/outreach-examples.ts';

const householdId = householdIdSchema.parse('hh_anna');
const after = (hours: number): Instant => addDuration(MONDAY, duration(hours, 'hours'));
const shipped = (id: string): Path => {
  const found = shippedPaths.find(({ path }) => path === id);
  if (found === undefined) throw new Error(`expected the path ${id}`);
  return found;
};

let count = 0;
function step(type: string, hours: number, more: object = {}): Touchpoint {
  count += 1;
  return touchpointSchema.parse({
    ...{ touchpointId: touchpointId('test', `${type}-${hours}-${count}`), householdId, source: 'events', messageId: `${type}-${hours}-${count}`, type },
    ...{ channel: 'app', initiator: 'customer', phase: 'closing', at: after(hours), receivedAt: after(hours) },
    ...more,
  });
}

/** One instance, as the product drives it; `at` is the time by the clock when something arrives. */
class Driven {
  instance: Instance;
  readonly wishes: Wish[] = [];
  readonly #paths: ReturnType<typeof asShipped>;
  readonly #arm: 'treated' | 'control';
  constructor(path: Path, key: string, arm: 'treated' | 'control' = 'treated') {
    this.#paths = asShipped(path);
    this.#arm = arm;
    this.instance = newInstance(path.path, key, householdId);
  }
  hear(touchpoint: Touchpoint, now: Instant): void {
    const found = heardBy(this.#paths, momentOf(touchpoint, householdId));
    if (found === undefined) return;
    const outcome = hear(this.instance, this.#paths, [found.heard], true, now);
    if (outcome.kind === 'changed') this.instance = instanceSchema.parse(outcome.state);
  }
  async timer(now: Instant, recorded: readonly Touchpoint[] = []): Promise<void> {
    for (const touchpoint of recorded) if (touchpoint.receivedAt <= now) this.hear(touchpoint, now);
    await advance(this.instance, this.#paths, this.#world(now));
  }
  stands(now: Instant) {
    return standsAt(this.instance, this.#paths, now);
  }
  #world(now: Instant): World {
    return {
      now,
      holds: () => Promise.resolve(true),
      arm: () => Promise.resolve(this.#arm),
      facts: () => Promise.resolve({ goods: '3 × milk', shop: 'Frischhof' }),
      stillWaits: () => Promise.resolve(true),
      recommend: () => Promise.resolve(undefined),
      reach: (wish) => {
        this.wishes.push(wish);
        return Promise.resolve({ send: 'app' });
      },
      save: (decide) => {
        const outcome = decide(this.instance);
        if (outcome.kind === 'changed') this.instance = instanceSchema.parse(outcome.state);
        return Promise.resolve(this.instance);
      },
    };
  }
}

const orderId = 'ord_1';
const asked = () => step('order.approval-requested', 0, { orderId, properties: { expiresAt: after(24), runsOutAt: after(12) } });

describe('an unanswered approval', () => {
  it('is reminded of at half of the time that is left until the stock ends', async () => {
    const driven = new Driven(shipped('unanswered-approval'), orderId);
    driven.hear(asked(), after(0));
    expect(driven.instance.dueAt).toBe(after(6));
    await driven.timer(after(5));
    expect(driven.wishes).toEqual([]);
    await driven.timer(after(6));
    await driven.timer(after(6));
    expect(driven.wishes.map(({ urgent, words, until }) => [urgent, words.en.text, until])).toEqual([
      [true, '3 × milk at Frischhof. Nothing is bought without your yes.', after(24)],
    ]);
  });

  it('ends alike in every order of what happened, with every repeat, and sends nothing after an answer that stood recorded', async () => {
    const [question, yes, no] = [asked(), step('order.approved', 3, { orderId }), step('order.declined', 4, { orderId })];
    const alphabet = ['question', 'yes', 'no', 'timer'] as const;
    const orders = fc
      .tuple(fc.shuffledSubarray([...alphabet], { minLength: 4 }), fc.array(fc.constantFrom(...alphabet), { maxLength: 6 }))
      .chain(([all, again]) => fc.shuffledSubarray([...all, ...again], { minLength: all.length + again.length }));
    await fc.assert(
      fc.asyncProperty(orders, async (order) => {
        const driven = new Driven(shipped('unanswered-approval'), orderId);
        const now = after(7);
        for (const what of order) {
          if (what === 'timer') await driven.timer(now, [question, yes, no]);
          else driven.hear({ question, yes, no }[what], now);
        }
        expect(driven.instance.runs.map(({ end }) => end)).toEqual([{ how: 'success', at: after(3) }]);
        expect([driven.instance.dueAt, driven.wishes]).toEqual([undefined, []]);
        expect(driven.instance.log.map(({ name }) => name)).toEqual([
          'order.approval-requested@customer',
          'order.approved@customer',
          'order.declined@customer',
        ]);
      }),
      { numRuns: 80 },
    );
  });

  it('has succeeded also when the yes comes after the reminder', async () => {
    const driven = new Driven(shipped('unanswered-approval'), orderId);
    driven.hear(asked(), after(0));
    await driven.timer(after(6));
    driven.hear(step('order.approved', 8, { orderId }), after(8));
    expect(contributionOfInstance(driven.instance)).toEqual([
      {
        bucket: '2026-03-02',
        counters: Object.fromEntries(
          ['entered', 'success', 'treated', 'treated|success', 'treated|over', 'messaged', 'sent|app'].map((what) => [`path|unanswered-approval|${what}`, 1]),
        ),
      },
    ]);
  });
});

describe('a path', () => {
  it('remembers a success that came before its beginning, and begins anew only after what came before', () => {
    const path = shipped('abandoned-cart');
    const driven = new Driven(path, '-');
    driven.hear(step('Order Completed', 2), after(3));
    driven.hear(step('Product Added', 1), after(3));
    expect(driven.instance.runs).toMatchObject([{ end: { how: 'success' } }]);
    driven.hear(step('Product Added', 5), after(5));
    // Within a week nobody is followed again.
    expect(driven.instance.runs).toHaveLength(1);
    driven.hear(step('Product Added', 24 * 8), after(24 * 8));
    expect(driven.instance.runs).toHaveLength(2);
  });

  it('leaves somebody alone who is still choosing', async () => {
    const driven = new Driven(shipped('abandoned-cart'), '-');
    driven.hear(step('Product Added', 0), after(0));
    driven.hear(step('Product Added', 3), after(3));
    await driven.timer(after(5));
    expect([driven.wishes.length, driven.instance.dueAt]).toEqual([0, after(7)]);
    await driven.timer(after(7));
    expect(driven.wishes.map(({ kind }) => kind)).toEqual(['abandoned-cart']);
  });

  it('begins with the third time only, and not with what a mandate bought', () => {
    const driven = new Driven(shipped('missing-subscription'), 'sup_milk');
    const bought = (hours: number, by: string) => step('supply.restocked', hours, { supplyId: 'sup_milk', properties: { by } });
    for (const [hours, by] of [
      [0, 'person'],
      [24, 'person'],
    ] as const)
      driven.hear(bought(hours, by), after(hours));
    expect(driven.instance.runs).toEqual([]);
    driven.hear(bought(72, 'person'), after(72));
    expect(driven.instance.runs).toMatchObject([{ at: after(72) }]);
    driven.hear(bought(96, 'mandate'), after(96));
    expect(driven.instance.runs).toMatchObject([{ end: { how: 'success' } }]);
  });

  it('does nothing for the households that are only followed, and counts them apart', async () => {
    const driven = new Driven(shipped('abandoned-cart'), '-', 'control');
    driven.hear(step('Product Added', 0), after(0));
    await driven.timer(after(4));
    await driven.timer(after(24 * 8));
    const [counted] = contributionOfInstance(driven.instance);
    expect([driven.wishes, counted?.counters]).toEqual([
      [],
      { 'path|abandoned-cart|entered': 1, 'path|abandoned-cart|lapsed': 1, 'path|abandoned-cart|control': 1, 'path|abandoned-cart|control|over': 1 },
    ]);
    expect(numbersIn('abandoned-cart', counted?.counters ?? {}, {})).toMatchObject({ entered: 1, lapsed: 1, control: { having: 0, of: 1 } });
  });

  it('finishes on the version that it began with', () => {
    const stored = asShipped(shipped('abandoned-form'));
    const longer = pathSchema.parse({
      ...shipped('abandoned-form'),
      steps: [{ step: 'wait', until: 'passed', minutes: 60 * 48 }, ...shipped('abandoned-form').steps.slice(1)],
    });
    const later = storedPathSchema.parse(withVersion(stored, longer, MONDAY));
    expect([later.version, definitionOf(later, 1)]).toEqual([2, shipped('abandoned-form')]);
    const begun = heardBy(stored, momentOf(step('form.begun', 0, { properties: { form: 'f1' } }), householdId));
    if (begun === undefined) throw new Error('expected it to be heard');
    const heard = hear(newInstance('abandoned-form', 'f1', householdId), later, [begun.heard], true, after(0));
    expect(heard).toMatchObject({ state: { dueAt: after(24) } });
  });
});

it.each(shippedPaths.map((path) => [path.path, path] as const))('%s speaks both languages and can be read back', (_, path) => {
  expect(pathSchema.parse(JSON.parse(JSON.stringify(path)))).toEqual(path);
});

it('refuses a message without words, and one that is promotional and urgent', () => {
  const cart = shipped('abandoned-cart');
  expect(pathSchema.safeParse({ ...cart, contents: {} }).error?.issues.map(({ path }) => path[0])).toEqual(['contents']);
  const urgent = { ...cart, steps: [{ step: 'message', content: 'waiting', channels: ['app'], urgent: true }] };
  expect(pathSchema.safeParse(urgent).error?.issues.map(({ path }) => path[0])).toEqual(['purpose']);
});
