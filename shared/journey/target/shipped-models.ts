/**
 * The target journeys that come with the product. Minutes and money are estimates of ours (a contact takes somebody eight minutes, an hour of work
 * costs 36 euros, so a minute 60 cents), to be replaced by the company's own.
 */
import type { Match, TargetModel, TargetStep } from './model.ts';

const HOUR = 60;
const DAY = 24 * HOUR;
const type = (...types: string[]): Match[] => types.map((one) => ({ type: one }));
const step = (id: string, de: string, en: string, match: Match[], more: Partial<TargetStep> = {}): TargetStep => ({
  step: id,
  name: { de, en },
  match,
  ...more,
});
const cost = (minutes: number, costMinor = minutes * 60) => ({ minutes, costMinor });
const bad = (id: string, de: string, en: string, match: Match[], minutes: number, costMinor?: number) => ({
  ...{ step: id, name: { de, en }, match },
  cost: cost(minutes, costMinor),
});

const order: TargetModel = {
  ...{ model: 'order', name: { de: 'Bestellung', en: 'Order' }, of: 'process', begins: type('order.proposed') },
  steps: [
    step('proposed', 'vorgeschlagen', 'proposed', type('order.proposed')),
    step('asked', 'gefragt', 'asked', type('order.approval-requested')),
    step('changed-by-hand', 'von Hand geändert', 'changed by hand', type('order.requoted')),
    step('approved', 'zugestimmt', 'approved', [{ type: 'order.approved', initiator: 'customer' }], { within: { minutes: 12 * HOUR, after: 'asked' } }),
    step('approved-by-mandate', 'vom Mandat gedeckt', 'covered by a mandate', [{ type: 'order.approved', initiator: 'automation' }]),
    step('placed', 'bestellt', 'placed', type('order.placed'), { within: { minutes: HOUR } }),
    step('accepted', 'angenommen', 'accepted', type('order.accepted'), { within: { minutes: DAY, after: 'placed' } }),
    step('shipped', 'unterwegs', 'shipped', type('order.shipped')),
    step('part-delivered', 'zum Teil geliefert', 'delivered in part', type('order.part-delivered')),
    step('delivered', 'geliefert', 'delivered', type('order.delivered'), { within: { minutes: 7 * DAY, after: 'placed' }, costs: { late: cost(4, 500) } }),
  ],
  flow: {
    sequence: [
      { step: 'proposed' },
      {
        oneOf: [{ step: 'approved-by-mandate' }, { sequence: [{ step: 'asked' }, { repeat: { step: 'changed-by-hand' } }, { step: 'approved' }] }],
      },
      { step: 'placed' },
      { step: 'accepted' },
      { optional: { step: 'shipped' } },
      { repeat: { step: 'part-delivered' } },
      { step: 'delivered' },
    ],
  },
  succeeds: 'delivered',
  fails: type('order.declined', 'order.expired', 'order.rejected', 'order.cancelled', 'order.withdrawn'),
  failsAfterMinutes: 30 * DAY,
  unexpected: [
    bad('declined', 'abgelehnt', 'declined', type('order.declined'), 0, 50),
    bad('expired', 'nicht beantwortet', 'not answered', type('order.expired'), 0, 100),
    bad('rejected', 'vom Händler abgelehnt', 'refused by the shop', type('order.rejected'), 5),
    bad('cancelled', 'storniert', 'cancelled', type('order.cancelled', 'order.withdrawn'), 5),
    bad('stuck', 'hängt', 'stuck', type('order.stuck'), 15),
    bad('short', 'geändert oder später', 'changed or later', type('order.changed', 'order.back-ordered', 'order.substitution-offered'), 2),
    bad('not-paid', 'Zahlung abgelehnt', 'payment declined', type('order.payment-declined'), 5),
    bad('sent-back', 'zurückgeschickt', 'sent back', type('order.returned', 'contract.withdrawn'), 10, 1_100),
    bad('refund-overdue', 'Erstattung überfällig', 'refund overdue', type('order.refund-overdue'), 15),
    bad('not-reached', 'Händler nicht erreicht', 'shop not reached', type('webhook.abandoned'), 10),
  ],
  costs: { missing: cost(2), 'out-of-order': cost(2), repeated: cost(1), unexpected: cost(2), late: cost(3) },
};

const onboarding: TargetModel = {
  ...{ model: 'onboarding', name: { de: 'Einführung', en: 'Getting started' }, of: 'household', begins: type('household.created') },
  steps: [
    step('joined', 'angelegt', 'household created', type('household.created')),
    step('device', 'erstes Gerät', 'first device', type('device.paired', 'device.added'), {
      within: { minutes: DAY, after: 'joined' },
      costs: { late: cost(8) },
    }),
    step('speaks', 'Gerät meldet sich', 'device speaks', type('device.confirmed', 'supply.low', 'supply.refilled'), {
      within: { minutes: 2 * DAY, after: 'device' },
    }),
    step('supply', 'erster Vorrat', 'first supply', type('supply.added'), { within: { minutes: 2 * DAY, after: 'joined' } }),
    step('shop', 'Händler verknüpft', 'shop linked', type('shop.linked'), {
      within: { minutes: 3 * DAY, after: 'joined' },
      costs: { missing: cost(8), late: cost(8) },
    }),
    step('lesson', 'Einweisung', 'lesson', type('lesson.completed')),
    step('approved', 'erste Zustimmung', 'first yes', type('order.approved'), { within: { minutes: 21 * DAY, after: 'joined' } }),
    step('delivered', 'erste Lieferung', 'first delivery', type('order.delivered'), {
      within: { minutes: 30 * DAY, after: 'joined' },
      costs: { late: cost(0, 800) },
    }),
  ],
  flow: {
    sequence: [
      { step: 'joined' },
      {
        anyOrder: [
          { sequence: [{ step: 'device' }, { step: 'speaks' }] },
          { step: 'supply' },
          { step: 'shop' },
          { optional: { step: 'lesson' } },
          { sequence: [{ step: 'approved' }, { step: 'delivered' }] },
        ],
      },
    ],
  },
  succeeds: 'delivered',
  fails: [],
  failsAfterMinutes: 90 * DAY,
  unexpected: [
    bad('complained', 'Anliegen am Anfang', 'a case at the start', type('case.opened'), 8),
    bad('taken-out', 'Gerät entfernt', 'device taken out', type('device.removed'), 5),
  ],
  costs: { missing: cost(5), late: cost(5), 'out-of-order': cost(0, 0), repeated: cost(0, 0), unexpected: cost(5) },
};

const firstAutomatic: TargetModel = {
  ...{ model: 'first-automatic-order', name: { de: 'Erste Bestellung von selbst', en: 'First order by itself' }, of: 'household' },
  begins: type('household.created'),
  steps: [
    step('joined', 'angelegt', 'household created', type('household.created')),
    step('offered', 'angeboten', 'offered', type('supply.automation-offered')),
    step('allowed', 'erlaubt', 'allowed', type('mandate.granted', 'supply.automation-trusted'), { within: { minutes: 21 * DAY, after: 'joined' } }),
    step('automatic', 'von selbst bestellt', 'ordered by itself', [{ type: 'order.approved', initiator: 'automation' }], {
      within: { minutes: 14 * DAY, after: 'allowed' },
    }),
  ],
  // What is offered for one item comes before, between or after what is allowed for another.
  flow: { sequence: [{ step: 'joined' }, { anyOrder: [{ optional: { step: 'offered' } }, { sequence: [{ step: 'allowed' }, { step: 'automatic' }] }] }] },
  succeeds: 'automatic',
  fails: [],
  failsAfterMinutes: 120 * DAY,
  unexpected: [
    bad('stopped', 'Kaufen angehalten', 'buying stopped', type('spending.stopped', 'mandate.ended'), 5),
    bad('braked', 'Bremse', 'brake', type('spending.braked'), 10),
  ],
  costs: { missing: cost(0, 600), late: cost(0, 300), 'out-of-order': cost(0, 0), repeated: cost(0, 0), unexpected: cost(5) },
};

const renewal: TargetModel = {
  ...{ model: 'renewal', name: { de: 'Verlängerung des Mandats', en: 'Renewal of a mandate' }, of: 'process', begins: type('renewal.due') },
  steps: [
    step('due', 'läuft bald ab', 'about to end', type('renewal.due')),
    step('offered', 'Verlängerung angeboten', 'renewal offered', type('renewal.offered'), { within: { minutes: 2 * DAY } }),
    step('reminded', 'erinnert', 'reminded', type('renewal.reminded')),
    step('renewed', 'verlängert', 'renewed', type('mandate.renewed', 'mandate.granted'), {
      within: { minutes: 14 * DAY, after: 'due' },
      costs: { late: cost(0, 600) },
    }),
  ],
  flow: { sequence: [{ step: 'due' }, { step: 'offered' }, { optional: { step: 'reminded' } }, { step: 'renewed' }] },
  succeeds: 'renewed',
  fails: type('mandate.ended', 'renewal.declined'),
  failsAfterMinutes: 30 * DAY,
  unexpected: [bad('ended', 'beendet', 'ended', type('mandate.ended', 'renewal.declined'), 0, 1_500)],
  costs: { missing: cost(5), late: cost(2), 'out-of-order': cost(2), repeated: cost(1), unexpected: cost(2) },
};

const supportCase: TargetModel = {
  ...{ model: 'support-case', name: { de: 'Anliegen', en: 'Case' }, of: 'process', begins: type('case.opened', 'Case Opened') },
  steps: [
    step('opened', 'gemeldet', 'reported', type('case.opened', 'Case Opened')),
    step('answered', 'beantwortet', 'answered', type('case.answered', 'Case Answered'), {
      within: { minutes: DAY, after: 'opened' },
      costs: { late: cost(8), missing: cost(8) },
    }),
    step('added', 'nachgefragt', 'asked again', type('case.added')),
    step('solved', 'gelöst', 'solved', type('case.solved', 'Case Solved'), { within: { minutes: 3 * DAY, after: 'opened' }, costs: { late: cost(8, 1_000) } }),
  ],
  flow: {
    sequence: [{ step: 'opened' }, { step: 'answered' }, { repeat: { sequence: [{ step: 'added' }, { step: 'answered' }] } }, { step: 'solved' }],
  },
  succeeds: 'solved',
  fails: [],
  reopens: type('case.reopened'),
  failsAfterMinutes: 28 * DAY,
  unexpected: [bad('reopened', 'wieder geöffnet', 'opened again', type('case.reopened'), 16)],
  costs: { missing: cost(4), late: cost(8), 'out-of-order': cost(2), repeated: cost(8), unexpected: cost(8) },
};

const recall: TargetModel = {
  ...{ model: 'recall', name: { de: 'Rückruf', en: 'Recall' }, of: 'process', begins: type('recall.announced') },
  steps: [
    step('announced', 'bekannt geworden', 'announced', type('recall.announced')),
    step('told', 'dem Haushalt gesagt', 'household told', type('recall.told'), {
      within: { minutes: DAY },
      costs: { missing: cost(15, 5_000), late: cost(10, 2_000) },
    }),
    step('seen', 'gesehen', 'seen', type('recall.seen'), { within: { minutes: 3 * DAY } }),
    step('returned', 'zurückgegeben', 'given back', type('recall.returned'), { within: { minutes: 14 * DAY, after: 'told' } }),
    step('disposed', 'entsorgt', 'thrown away', type('recall.disposed'), { within: { minutes: 14 * DAY, after: 'told' } }),
    step('settled', 'ersetzt oder erstattet', 'replaced or refunded', type('recall.settled', 'order.refunded'), {
      within: { minutes: 7 * DAY },
      costs: { late: cost(15) },
    }),
  ],
  flow: {
    sequence: [{ step: 'announced' }, { step: 'told' }, { step: 'seen' }, { oneOf: [{ step: 'returned' }, { step: 'disposed' }] }, { step: 'settled' }],
  },
  succeeds: 'settled',
  fails: [],
  failsAfterMinutes: 60 * DAY,
  unexpected: [bad('used', 'trotzdem benutzt', 'used all the same', type('recall.used'), 10, 5_000)],
  costs: { missing: cost(10), late: cost(5), 'out-of-order': cost(2), repeated: cost(2), unexpected: cost(5) },
};

export const shippedModels: readonly TargetModel[] = [onboarding, firstAutomatic, order, renewal, supportCase, recall];
