/** The metrics and funnels that come with the product, each with what a customer would call a success. */
import type { Funnel } from './funnel.ts';
import type { Metric } from './metric.ts';

const HOUR = 60;
const DAY = 24 * HOUR;
const CONTACTED = ['case.opened', 'case.added', 'case.reopened', 'call.received', 'Case Opened', 'Support Called'];

export const shippedMetrics: readonly Metric[] = [
  {
    ...{ metric: 'contacts-to-resolution', name: { de: 'Kontakte bis zur Lösung', en: 'Contacts to resolution' }, unit: 'contacts' },
    ...{ phase: 'support', team: 'support', of: 'process', success: { atMost: 1 }, buckets: [1, 2, 3, 4, 6, 10] },
    measure: { count: CONTACTED, until: ['case.solved', 'Case Solved'] },
  },
  {
    ...{ metric: 'first-answer', name: { de: 'Erste Antwort', en: 'First answer' }, unit: 'minutes', phase: 'support', team: 'support', of: 'process' },
    ...{ success: { atMost: DAY }, buckets: [15, HOUR, 4 * HOUR, 12 * HOUR, DAY, 2 * DAY, 7 * DAY] },
    measure: { minutesFrom: ['case.opened', 'Case Opened'], to: ['case.answered', 'Case Answered'], lostAfter: DAY },
  },
  {
    ...{
      metric: 'time-to-solution',
      name: { de: 'Zeit bis zur Lösung', en: 'Time to solution' },
      unit: 'minutes',
      phase: 'support',
      team: 'support',
      of: 'process',
    },
    ...{ success: { atMost: 3 * DAY }, buckets: [HOUR, 12 * HOUR, DAY, 2 * DAY, 3 * DAY, 7 * DAY, 14 * DAY] },
    measure: { minutesFrom: ['case.opened', 'Case Opened'], to: ['case.solved', 'Case Solved'], lostAfter: 3 * DAY },
  },
  {
    ...{
      metric: 'answers-to-approve',
      name: { de: 'Schritte bis zum Ja', en: 'Steps to a yes' },
      unit: 'answers',
      phase: 'conviction',
      team: 'product',
      of: 'process',
    },
    ...{ success: { atMost: 1 }, buckets: [1, 2, 3, 5] },
    measure: { count: ['order.requoted@customer', 'order.approved@customer'], until: ['order.approved@customer'] },
  },
  {
    ...{
      metric: 'minutes-to-approve',
      name: { de: 'Zeit bis zum Ja', en: 'Time to a yes' },
      unit: 'minutes',
      phase: 'conviction',
      team: 'product',
      of: 'process',
    },
    ...{ success: { atMost: HOUR }, buckets: [1, 5, 15, HOUR, 4 * HOUR, 12 * HOUR, DAY] },
    measure: { minutesFrom: ['order.approval-requested'], to: ['order.approved@customer'], lostAfter: DAY },
  },
  {
    ...{ metric: 'delivered-as-promised', name: { de: 'Geliefert wie versprochen', en: 'Delivered as promised' }, unit: 'minutes', phase: 'logistics' },
    ...{ team: 'retailers', of: 'process', success: { atMost: 0 }, buckets: [0, 4 * HOUR, DAY, 2 * DAY, 7 * DAY] },
    measure: { promised: ['order.accepted'], kept: ['order.delivered'] },
  },
  {
    ...{
      metric: 'device-speaks',
      name: { de: 'Gerät meldet sich', en: 'Device speaks' },
      unit: 'minutes',
      phase: 'implementation',
      team: 'devices',
      of: 'process',
    },
    ...{ success: { atMost: HOUR }, buckets: [5, 15, HOUR, DAY, 7 * DAY] },
    measure: { minutesFrom: ['device.paired'], to: ['device.confirmed'], lostAfter: 7 * DAY },
  },
  {
    ...{ metric: 'first-automatic-order', name: { de: 'Erste Bestellung von selbst', en: 'First order by itself' }, unit: 'minutes', phase: 'implementation' },
    ...{ team: 'onboarding', of: 'household', success: { atMost: 14 * DAY }, buckets: [DAY, 3 * DAY, 7 * DAY, 14 * DAY, 30 * DAY, 60 * DAY, 120 * DAY] },
    measure: { minutesFrom: ['household.created'], to: ['order.approved@automation'], lostAfter: 14 * DAY },
  },
  {
    // Given as a figure: of the slots of its devices, how many had a reading within thirty days.
    ...{ metric: 'slots-live', name: { de: 'Die Hälfte der Fächer lebt nach 30 Tagen', en: 'Half of the slots live within 30 days' }, unit: 'percent' },
    ...{ phase: 'implementation', team: 'onboarding', of: 'household', success: { atLeast: 50 }, buckets: [0, 25, 50, 75, 100] },
    measure: { figure: 'slots-live-percent' },
  },
];

const named = (step: string, de: string, en: string, ...match: string[]) => ({ step, name: { de, en }, match });
export const shippedFunnels: readonly Funnel[] = [
  {
    ...{ funnel: 'order', name: { de: 'Vom Bedarf zur Lieferung', en: 'From need to delivery' }, of: 'process' },
    steps: [
      named('proposed', 'vorgeschlagen', 'proposed', 'order.proposed'),
      named('approved', 'zugestimmt', 'approved', 'order.approved'),
      named('placed', 'bestellt', 'placed', 'order.placed'),
      named('accepted', 'angenommen', 'accepted', 'order.accepted', 'order.shipped'),
      named('delivered', 'geliefert', 'delivered', 'order.delivered'),
    ],
  },
  {
    ...{ funnel: 'start', name: { de: 'Vom Anlegen zum Laufen von selbst', en: 'From joining to running by itself' }, of: 'household' },
    steps: [
      named('joined', 'angelegt', 'joined', 'household.created'),
      named('device', 'Gerät', 'device', 'device.paired', 'device.added'),
      named('supply', 'Vorrat', 'supply', 'supply.added'),
      named('shop', 'Händler', 'shop', 'shop.linked'),
      named('delivered', 'erste Lieferung', 'first delivery', 'order.delivered'),
      named('automatic', 'von selbst', 'by itself', 'order.approved@automation'),
    ],
  },
  {
    ...{ funnel: 'web', name: { de: 'Vom Ansehen zum Kauf, je Tag', en: 'From looking to buying, per day' }, of: 'day' },
    steps: [
      named('looked', 'angesehen', 'looked', 'Product Viewed', 'Product List Viewed', 'Products Searched', 'page'),
      named('chose', 'in den Korb', 'chose', 'Product Added', 'Cart Viewed'),
      named('began', 'Kasse', 'checkout', 'Checkout Started'),
      named('bought', 'gekauft', 'bought', 'Order Completed'),
    ],
  },
];
