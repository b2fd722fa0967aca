/** All checks. Each takes the facts and answers what must not be. */
import type { Facts } from '../facts.ts';
import type { Finding } from '../finding.ts';
import { basketsFreed } from './baskets.ts';
import { capsKept } from './caps.ts';
import { declinesRespected } from './declines.ts';
import { orderIdsUnique, ordersForNeeds } from './doubled.ts';
import { decisionsRecompute, eventsTellStatus } from './history.ts';
import { everythingReadable, noDeadLetters, nothingOverdue, poisonKept } from './left-behind.ts';
import { ordersAtHome, ordersAtShop } from './missing.ts';
import { usedAsAgreed, timelinesApart } from './device-use.ts';
import { answersAsGiven, toldStoredOnce, wordsKept } from './life.ts';
import { chargedAsQuoted, noMoneyHeld, totalsLessPerks } from './money.ts';
import { ordersPermitted } from './permission.ts';
import { readingsKept, readingsReal } from './readings.ts';
import { shopsReached } from './reached.ts';
import { deliveriesNoted, deliveriesRestocked } from './restock.ts';
import { stockAsMeasured } from './stock.ts';
import { substitutesAgreed } from './substitutes.ts';
import { eventsInJourney, touchpointsOnce } from './touchpoints.ts';

const checks: readonly ((facts: Facts) => Finding[])[] = [
  ...[readingsKept, readingsReal, stockAsMeasured],
  ...[ordersForNeeds, orderIdsUnique, ordersAtShop, ordersAtHome, shopsReached],
  ...[ordersPermitted, capsKept, chargedAsQuoted, totalsLessPerks, noMoneyHeld],
  ...[deliveriesNoted, deliveriesRestocked, substitutesAgreed, basketsFreed],
  ...[eventsInJourney, touchpointsOnce, toldStoredOnce, answersAsGiven, wordsKept, usedAsAgreed, timelinesApart],
  ...[eventsTellStatus, decisionsRecompute, declinesRespected],
  ...[nothingOverdue, noDeadLetters, poisonKept, everythingReadable],
];

/** The earliest first: what came later may only follow from it. */
export const findingsIn = (facts: Facts): Finding[] =>
  checks
    .flatMap((check) => check(facts))
    .sort((a, b) => (a.at === b.at ? compare(`${a.rule} ${a.subject} ${a.actual}`, `${b.rule} ${b.subject} ${b.actual}`) : compare(a.at, b.at)));

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
