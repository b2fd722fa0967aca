import { describe, expect, it } from 'vitest';
import type { OrderCommand } from '../../../shared/order/order.ts';
import { orderActions } from '../../../shared/order/order-actions.ts';
import { orderSchema, type OrderStatus } from '../../../shared/order/order-state.ts';
import { approvalIdSchema, changeIdSchema, messageIdSchema, retailerIdSchema } from '../../../shared/values.ts';
import {
  acceptBefore,
  accepts,
  anna,
  byAnna,
  byMandate,
  expiresAt,
  facts,
  frischhof,
  historyOf,
  householdId,
  messageId,
  muchLater,
  orderId,
  quote,
  quoteEndsAt,
  soon,
} from './order-examples.ts';
import { given, hear, reached } from './order-specification.ts';

const otherPerson = { ...byAnna, approvalId: approvalIdSchema.parse('apr_2') };
const otherMessage = messageIdSchema.parse('msg_other');

const commands = {
  propose: { type: 'propose', orderId, householdId, retailerId: frischhof, round: 1, quote },
  requestApproval: { type: 'requestApproval', expiresAt, rulesFailed: [], quoteHash: quote.hash },
  approveByMandate: { type: 'approve', by: byMandate, quoteHash: quote.hash, now: soon },
  approveByAnna: { type: 'approve', by: byAnna, quoteHash: quote.hash, now: soon },
  approveByAnother: { type: 'approve', by: otherPerson, quoteHash: quote.hash, now: soon },
  decline: { type: 'decline', memberId: anna, reason: 'enough milk' },
  withdraw: { type: 'withdraw', memberId: anna, reason: 'going away' },
  expireTooEarly: { type: 'expire', now: soon },
  expire: { type: 'expire', now: quoteEndsAt },
  place: { type: 'place', messageId, acceptBefore, now: soon },
  placeAgain: { type: 'place', messageId: otherMessage, acceptBefore, now: soon },
  confirmPlaced: { type: 'confirmPlaced', messageId },
  confirmOther: { type: 'confirmPlaced', messageId: otherMessage },
  answer: hear(accepts(1)),
  lapseTooEarly: { type: 'lapse', reason: 'never knew it', now: acceptBefore },
  lapse: { type: 'lapse', reason: 'never knew it', now: muchLater },
} as const satisfies Record<string, OrderCommand>;
type CommandName = keyof typeof commands;

const approvedAlready = {
  approveByMandate: 'rejected already-approved',
  approveByAnna: 'ignored already-approved',
  approveByAnother: 'rejected already-approved',
};
const unapproved = (status: string) => ({
  approveByMandate: `rejected already-${status}`,
  approveByAnna: `rejected already-${status}`,
  approveByAnother: `rejected already-${status}`,
});
const unsent = { confirmPlaced: 'rejected not-placing', confirmOther: 'rejected not-placing', answer: 'rejected not-placed' };
const unsentLapse = { lapseTooEarly: 'rejected not-placing', lapse: 'rejected not-placing' };
const sent = { place: 'ignored already-placing', placeAgain: 'rejected already-placing', confirmOther: 'rejected foreign-message' };
const once = { propose: 'ignored already-proposed', requestApproval: 'ignored already-decided' };
const answered = { lapseTooEarly: 'rejected already-answered', lapse: 'rejected already-answered' };
const unsentEnd = (status: string) => ({
  ...once,
  ...unapproved(status),
  ...unsent,
  ...unsentLapse,
  decline: `rejected already-${status}`,
  withdraw: `rejected already-${status}`,
  expireTooEarly: `ignored already-${status}`,
  expire: `ignored already-${status}`,
  place: `rejected already-${status}`,
  placeAgain: `rejected already-${status}`,
});
const underWay = (status: string) => ({
  ...once,
  ...approvedAlready,
  ...sent,
  ...answered,
  decline: `rejected already-${status}`,
  withdraw: 'rejected already-placing',
  expireTooEarly: 'ignored already-placing',
  expire: 'ignored already-placing',
  confirmPlaced: 'ignored already-placed',
});
const sentEnd = (status: string) => ({
  ...underWay(status),
  withdraw: `rejected already-${status}`,
  expireTooEarly: `ignored already-${status}`,
  expire: `ignored already-${status}`,
});

/** Every command in every status: the facts it yields, or why nothing happens. */
const expected: Record<OrderStatus, Record<CommandName, string>> = {
  proposed: {
    ...once,
    ...unsent,
    ...unsentLapse,
    requestApproval: 'order.approval-requested',
    approveByMandate: 'order.approved',
    approveByAnna: 'order.approved',
    approveByAnother: 'order.approved',
    decline: 'order.declined',
    withdraw: 'order.withdrawn',
    expireTooEarly: 'ignored not-due',
    expire: 'order.expired',
    place: 'rejected not-approved',
    placeAgain: 'rejected not-approved',
  },
  'awaiting-approval': {
    ...once,
    ...unsent,
    ...unsentLapse,
    requestApproval: 'ignored already-asked',
    approveByMandate: 'rejected already-asked',
    approveByAnna: 'order.approved',
    approveByAnother: 'order.approved',
    decline: 'order.declined',
    withdraw: 'order.withdrawn',
    expireTooEarly: 'ignored not-due',
    expire: 'order.expired',
    place: 'rejected not-approved',
    placeAgain: 'rejected not-approved',
  },
  approved: {
    ...once,
    ...approvedAlready,
    ...unsent,
    ...unsentLapse,
    decline: 'rejected already-approved',
    withdraw: 'order.withdrawn',
    expireTooEarly: 'ignored not-due',
    expire: 'order.expired',
    place: 'order.placing',
    placeAgain: 'order.placing',
  },
  placing: {
    ...underWay('placing'),
    confirmPlaced: 'order.placed',
    answer: 'order.placed order.accepted',
    lapseTooEarly: 'rejected shop-may-still-accept',
    lapse: 'order.cancelled',
  },
  placed: { ...underWay('placed'), answer: 'order.accepted', lapseTooEarly: 'rejected shop-may-still-accept', lapse: 'order.cancelled' },
  accepted: { ...underWay('accepted'), answer: '' },
  // These three were reached by facts alone, so that this answer is the only one known and moves them.
  shipped: { ...underWay('shipped'), answer: 'order.accepted' },
  delivered: { ...sentEnd('delivered'), answer: 'order.accepted' },
  rejected: { ...sentEnd('rejected'), answer: 'order.accepted' },
  cancelled: { ...sentEnd('cancelled'), answer: 'rejected lapsed', lapseTooEarly: 'ignored already-lapsed', lapse: 'ignored already-lapsed' },
  declined: { ...unsentEnd('declined'), decline: 'ignored already-declined' },
  expired: { ...unsentEnd('expired'), expireTooEarly: 'ignored already-expired', expire: 'ignored already-expired' },
  withdrawn: { ...unsentEnd('withdrawn'), withdraw: 'ignored already-withdrawn' },
};

const told = ({ decision }: { decision: ReturnType<ReturnType<typeof given>['when']>['decision'] }) =>
  decision.kind === 'events' ? decision.events.map(({ type }) => type).join(' ') : `${decision.kind} ${decision.reason}`;

describe.each(Object.entries(expected))('an order that is %s', (status, outcomes) => {
  const history = historyOf[status as OrderStatus];

  it('has that status', () => expect(orderSchema.parse(reached(history)).status).toBe(status));

  it.each(Object.entries(outcomes))('answers %s with "%s"', (name, outcome) => {
    expect(told(given(history).when(commands[name as CommandName]))).toBe(outcome);
  });

  it('allows a person exactly the actions that it names', () => {
    const change = { type: 'requote', changeId: changeIdSchema.parse('chg_1'), memberId: anna, seenHash: quote.hash, quote, now: soon } as const;
    const allowed = { approve: commands.approveByAnother, change, decline: commands.decline, withdraw: commands.withdraw } as const;
    const possible = Object.entries(allowed).filter(([, command]) => given(history).when(command).decision.kind === 'events');
    expect(possible.map(([action]) => action)).toEqual(orderActions[status as OrderStatus]);
  });
});

describe('proposing', () => {
  it('begins an order with the whole quote', () => {
    const order = given([]).when(commands.propose).then(facts.proposed);
    expect(order).toMatchObject({ status: 'proposed', orderId, quote: { hash: quote.hash } });
  });
  it('knows no order before it', () => given([]).when(commands.decline).thenRejected('unknown-order'));
  it('refuses a quote whose content is not the one of its hash', () =>
    given([])
      .when({ ...commands.propose, quote: { ...quote, leadTimeDays: 9 } })
      .thenRejected('quote-unsound'));
  it('refuses the quote of another shop', () =>
    given([])
      .when({ ...commands.propose, retailerId: retailerIdSchema.parse('rt_other') })
      .thenRejected('quote-of-another-shop'));
});

describe('approving', () => {
  const asked = historyOf['awaiting-approval'];
  it('tells who said yes to which quote', () => {
    const order = given(asked).when(commands.approveByAnna).then(facts.approved);
    expect(order).toMatchObject({ status: 'approved', approval: { by: byAnna } });
  });
  it('refuses a yes to another quote than the one that was shown', () =>
    given(asked)
      .when({ ...commands.approveByAnna, quoteHash: 'f'.repeat(64) })
      .thenRejected('quote-changed'));
  it('refuses a yes after the quote has ended', () =>
    given(historyOf.proposed)
      .when({ ...commands.approveByAnna, now: quoteEndsAt })
      .thenRejected('quote-expired'));
  it('refuses a yes after the time to answer', () =>
    given(asked)
      .when({ ...commands.approveByAnna, now: expiresAt })
      .thenRejected('approval-expired'));
  it('answers the same yes as the first time, long after delivery', () =>
    given(historyOf.delivered)
      .when({ ...commands.approveByAnna, now: muchLater })
      .thenIgnored('already-approved'));
  it('never asks for longer than the quote stands', () =>
    given(historyOf.proposed)
      .when({ ...commands.requestApproval, expiresAt: muchLater })
      .thenRejected('expires-after-quote'));
});

describe('placing', () => {
  const approved = historyOf.approved;
  it('remembers the one message and the last moment to accept', () => {
    const order = given(approved).when(commands.place).then(facts.placing);
    expect(order).toMatchObject({ status: 'placing', placement: { messageId, acceptBefore }, answers: {} });
  });
  it('does not place what nobody may accept any more', () => {
    given(approved)
      .when({ ...commands.place, now: quoteEndsAt })
      .thenRejected('quote-expired');
    given(approved)
      .when({ ...commands.place, now: acceptBefore })
      .thenRejected('accept-before-is-past');
    given(approved)
      .when({ ...commands.place, acceptBefore: muchLater })
      .thenRejected('accept-before-after-quote');
  });
  it('ends an approved order that was never placed, and keeps who had approved it', () => {
    const order = given(approved).when(commands.expire).then(facts.expired);
    expect(order).toMatchObject({ status: 'expired', approval: { by: byAnna } });
  });
});

describe('an order under a mandate', () => {
  it('is approved for the whole total of the quote', () => given(historyOf.proposed).when(commands.approveByMandate).then(facts.approvedByMandate));
});
