/** What passes a filter, what of it goes along, and how a subscription stands when its receiver fails. */
import { Webhook } from 'standardwebhooks';
import { describe, expect, it } from 'vitest';
import { bodyOf } from '../../../../shared/journey/subscription/body.ts';
import { endHandingOn, handedOnId, newHandedOn, release, startHandingOn } from '../../../../shared/journey/subscription/hand-on.ts';
import { subscriptionSecrets } from '../../../../shared/journey/subscription/key.ts';
import {
  fieldsFor,
  heldBecause,
  newSubscription,
  noteFailed,
  noteTaken,
  passes,
  subscriptionDueAt,
  subscriptionIdSchema,
  subscriptionTermsSchema,
  type Subscription,
} from '../../../../shared/journey/subscription/subscription.ts';
import { addDuration, duration, instantSchema } from '../../../../shared/values.ts';

const now = instantSchema.parse('2026-03-02T06:00:00.000Z');
const later = (amount: number, unit: 'minutes' | 'hours' | 'days') => addDuration(now, duration(amount, unit));
const subscriptionId = subscriptionIdSchema.parse('sub_crm');
const terms = subscriptionTermsSchema.parse({ name: 'CRM', url: 'https://crm.example/in' });
const well = newSubscription(subscriptionId, terms, now);
const what = { type: 'order.delivered', channel: 'retailer', initiator: 'company', phase: 'logistics', productLine: 'groceries' } as const;
const changed = (step: { readonly kind: string; readonly state?: Subscription }): Subscription => {
  if (step.state === undefined) throw new Error(step.kind);
  return step.state;
};

describe('a filter', () => {
  it.each([
    [{}, true],
    [{ types: ['order.delivered'] }, true],
    [{ types: ['order.*'] }, true],
    [{ types: ['order'] }, false],
    [{ types: ['supply.*', '*'] }, true],
    [{ channels: ['retailer'], phases: ['logistics'], initiators: ['company'] }, true],
    [{ channels: ['app'] }, false],
    [{ types: ['order.*'], phases: ['support'] }, false],
    [{ productLines: ['heating'] }, false],
    // Segments are asked of messages about segments alone.
    [{ segments: ['fans'] }, true],
  ] as const)('%j lets a delivery through: %s', (filter, expected) => {
    expect(passes(subscriptionTermsSchema.parse({ ...terms, filter }).filter, what)).toBe(expected);
  });

  it('that names channels lets nothing through that happened in none', () => {
    expect([
      passes({ channels: ['app'] }, { type: 'segment.entered', segment: 'fans' }),
      passes({ segments: ['fans'] }, { type: 'segment.left', segment: 'x' }),
    ]).toEqual([false, false]);
  });
});

describe('what may be personal', () => {
  it('needs a purpose, and goes only where content rests on the same', () => {
    expect(subscriptionTermsSchema.safeParse({ ...terms, fields: ['ids'] }).success).toBe(false);
    const news = { fields: ['ids', 'properties', 'value'], purpose: 'product-news' } as const;
    const read = subscriptionTermsSchema.parse({ ...terms, ...news, fields: [...news.fields] });
    expect([fieldsFor(read, undefined), fieldsFor(read, 'product-news'), fieldsFor(read, 'optional-telemetry')]).toEqual([
      ['ids', 'properties', 'value'],
      ['ids', 'properties', 'value'],
      ['value'],
    ]);
  });
});

describe('a receiver', () => {
  it('is told of after an hour, probed every half hour, stopped after three days, and catches up when it is back', () => {
    const failing = changed(noteFailed(well, false, now));
    expect([heldBecause(failing), subscriptionDueAt(failing)]).toEqual([undefined, undefined]);
    const told = noteFailed(failing, false, later(1, 'hours'));
    expect(told).toMatchObject({ kind: 'changed', news: true });
    const out = changed(told);
    expect([heldBecause(out), subscriptionDueAt(out)]).toEqual(['unreachable', later(90, 'minutes')]);
    const stopped = noteFailed(out, false, later(3, 'days'));
    expect(stopped).toMatchObject({ news: true, state: { disabled: { at: later(3, 'days') } } });
    expect([heldBecause(changed(stopped)), subscriptionDueAt(changed(stopped))]).toEqual(['stopped', undefined]);
    const back = changed(noteTaken(out, later(2, 'hours')));
    expect([back.outage, back.catchUp]).toEqual([undefined, { from: later(-4, 'days'), to: later(2, 'hours'), only: 'held', dueAt: later(2, 'hours') }]);
  });
});

describe('a message', () => {
  const words = { kind: 'words', at: now, words: { segment: 'fans' } } as const;
  const content = { messageId: handedOnId(subscriptionId, 'x'), subscriptionId, type: 'segment.entered', about: words, purposes: [], createdAt: now } as const;

  it('that is held is neither tried nor due, and starts anew when it is released', () => {
    const held = newHandedOn({ ...content, purposes: [] }, 'unreachable');
    expect(startHandingOn(held, { now, held: undefined })).toEqual({ kind: 'ignored', reason: 'held' });
    expect(release(held, later(1, 'days'))).toMatchObject({ state: { status: 'pending', attempt: 1, dueAt: later(1, 'days') } });
    expect(endHandingOn(held, 'no-consent', now)).toMatchObject({ state: { status: 'abandoned', reason: 'no-consent' } });
  });

  it('is signed with the generation that stands, and with the one before while both do', () => {
    const root = new Uint8Array(32).fill(7);
    const body = bodyOf(newHandedOn({ ...content, purposes: [] }, undefined), undefined);
    expect(body).toBe('{"type":"segment.entered","timestamp":"2026-03-02T06:00:00.000Z","data":{"segment":"fans"}}');
    const [first] = subscriptionSecrets(root, well);
    const both = subscriptionSecrets(root, { ...well, generation: 2, alsoBefore: true });
    expect([both.length, both[1], new Set(both).size]).toEqual([2, first, 2]);
    const at = new Date();
    expect(() => new Webhook(both[0] ?? '').sign('msg_1', at, body)).not.toThrow();
  });
});
