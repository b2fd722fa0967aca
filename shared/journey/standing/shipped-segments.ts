/** The segments that come with the product: data, to be copied and changed. */
import type { Segment } from './segment.ts';

const BOUGHT_ANYWAY = ['supply.bought-elsewhere'];

export const shippedSegments: readonly Segment[] = [
  {
    ...{ segment: 'runs-by-itself', name: { de: 'Läuft von selbst', en: 'Runs by itself' } },
    // More than half, of at least three.
    condition: { share: ['order.approved@automation'], of: ['order.approved'], least: 3, atLeast: 0.5001 },
  },
  {
    ...{ segment: 'approves-by-hand', name: { de: 'Stimmt selbst zu', en: 'Approves by hand' } },
    condition: { share: ['order.approved@customer'], of: ['order.approved'], least: 3, atLeast: 0.5 },
  },
  {
    ...{ segment: 'approves-fast', parent: 'approves-by-hand', name: { de: 'Sagt fast immer Ja', en: 'Nearly always says yes' } },
    condition: { share: ['order.approved@customer'], of: ['order.approved@customer', 'order.declined', 'order.expired'], least: 4, atLeast: 0.9 },
  },
  {
    ...{ segment: 'new-here', name: { de: 'Neu dabei', en: 'New here' } },
    condition: { daysSince: ['household.created', 'device.paired', 'device.added'], which: 'first', atMost: 30 },
  },
  {
    ...{ segment: 'stuck-at-the-start', parent: 'new-here', name: { de: 'Kommt nicht in Gang', en: 'Does not get going' } },
    condition: {
      all: [
        { count: ['order.delivered'], atMost: 0 },
        { daysSince: ['household.created', 'device.paired', 'device.added'], which: 'first', atLeast: 14 },
      ],
    },
  },
  {
    ...{ segment: 'unhappy', name: { de: 'Unzufrieden', en: 'Unhappy' } },
    condition: {
      any: [
        {
          all: [
            { health: 'score', atMost: 0.4 },
            { figure: 'health-known', atLeast: 0.25 },
          ],
        },
        { count: ['case.opened', 'case.reopened'], days: 28, atLeast: 2 },
      ],
    },
  },
  {
    ...{ segment: 'buys-elsewhere', name: { de: 'Kauft auch anderswo', en: 'Buys elsewhere too' } },
    condition: {
      all: [
        { count: BOUGHT_ANYWAY, days: 28, atLeast: 2 },
        { count: ['order.delivered'], atLeast: 1 },
      ],
    },
  },
  {
    ...{ segment: 'likely-to-leave', name: { de: 'Könnte gehen', en: 'Likely to leave' } },
    condition: { prediction: 'leaves', atLeast: 0.5 },
  },
  {
    ...{ segment: 'fans', name: { de: 'Begeistert', en: 'Fans' } },
    condition: { all: [{ health: 'score', atLeast: 0.8 }, { phase: 'loyalty' }, { figure: 'exceeded', atLeast: 3 }] },
  },
];
