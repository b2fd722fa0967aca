/**
 * A state as a few hundred bytes. DynamoDB bills each write of an item by the kilobyte begun, the names of all its members included, whatever has
 * changed of it: a supply is written several times a day and has two kilobytes as a map, half of them names. Packed it stays within one (DynamoDB
 * developer guide, “Best practices for storing large items and attributes”).
 */
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { z } from 'zod';

/** What states have in common, so that only what is peculiar to one is stored (RFC 1951 looks back into it). It must never change: what was packed with it needs it. */
const COMMON_1 = Buffer.from(
  [
    '"substitute":{"kind":"neverBuy":true,"stockUpWhenCheap":true,"shops":["rt_"],"everyUseTold":true,"automation":{"precision":0.95,"cycles":4}',
    '"unseen":1,"askedAt":"2026-","move":{"up":true,"from":"flippedAt":"doubt":{"reason":"stuck","since":"expected":"found":"agreed":0,"countedAt":"',
    '"verdict":"bought-elsewhere"},"verdict":"too-early"},"verdict":"not-wanted"},"elsewhere":{"count":1,"lastAt":"2026-"withdrawnAt":"trustedAt":"',
    '"removedAt":"handIds":["cnt_","ent_"],"again":{"seen":0,"byChance":0,"usedAt":"2026-"},"counted":{"stock":,"asOf":"2026-,"used":0},"countedAt":"2026-',
    '"askAgainAt":"2026-,"askAgainAs":"asked-again","next-cycle","not-delivered","joined":true,"notAlongBefore":"2026-,"estimate":{"stock":,"asOf":"2026-',
    '"standing":"nothing","standing":"declined","standing":"expired","standing":"proposed","standing":"asking","standing":"ordered","open","refusedBy":["rt_',
    '"heat":{"size":,"mean":[0.,1.,0.,-3.],"spread":[0.00,-0.00,0.0,-0.],"surprise":[],"perCounted":0.98,"filled":{"level":,"counted":"outdoor":{"colder":[0,0,0],"score":[0,0,0]}',
    '"level":{"at":,"pack":1000,"paces":"","slope":{"level":,"at":"2026-"slotEmptySince":"2026-"forgottenUpTo":"2026-"paid":{"price":{"amount":,"currency":"EUR"},"at":"2026-',
    '{"supplyId":"sup_","householdId":"hh_","thing":"heating-tv-remote-battery","slot":"tank","productLine":"heating","household","unit":"piece","unit":"g","deviceType":"tv","deviceType":"heating"',
    '{"supplyId":"sup_fridge-milk","householdId":"hh_","thing":"fridge-","slot":"milk","name":"milk","productLine":"groceries","unit":"ml","products":[{"gtin":"20000000100","pack":{"amount":1000,"unit":"ml"}}],',
    '"settings":{"serviceLevel":0.95,"coverDays":5,"shelfLifeDays":14,"capacity":6000,"resolution":5,"packsMax":12},"deviceType":"fridge",',
    '"demand":{"shape":6.,"rateDays":16.,"portion":200,"asOf":"2026-","lately":{"shape":5.,"rateDays":13.}},',
    '"leadTime":{"meanDays":1.,"sdDays":0.3,"deliveries":3,"slot":{"meanDays":0.,"sdDays":0.,"seen":3},"approval":{"meanDays":0.1,"sdDays":0.1,"answers":1,"asked":1}},',
    '"onHand":1000,"sampledAt":"2026-","pantry":0,"early":0,"lastReading":{"bootId":1,"seq":,"sampledAt":"2026-,"uncertainty":0.,"usage":},',
    '"trust":{"still":{"level":,"since":"2026-,"usage":},"flips":0,"falls":{"count":8,"meanLog":5.},"fallsBefore":{"count":11,"meanLog":5.},"anchor":{"level":,"usage":}},',
    '"shadow":{"since":"2026-","standing":"learning","standing":"earned","scored":[{"cycle":1,"at":"2026-","verdict":"bought"},{"cycle":2,"at":"2026-","verdict":"bought"}]},',
    '"regret":{"asOf":"2026-","bought":0,"cancelled":0,"returned":0,"spoiled":0,"overstocked":0},"arrived":{"amount":1000,"at":"2026-"},',
    '"orders":{"ord_":{"orderVersion":7,"standing":"on-order","outstanding":2000,"received":0},"ord_":{"orderVersion":7,"standing":"received","outstanding":0,"received":2000,"finishedAt":"2026-"}},',
    '"cycle":3,"lowSampleTimes":["2026-"],"lowSampleTimes":[],"lowSince":"2026-","need":{"needId":"need_","round":1,"saidAt":"2026-","standing":"ordered","lowest":,"lifted":true,"askedAgain":false},"dueAt":"2026-T00:00.000Z"}',
  ].join('\n'),
);
/** The first byte says how it was packed, so that there can be another way later. */
const FORMAT_1 = 1;

/** @throws Error for a number that JSON does not know: the store would refuse it too */
export function packed(state: unknown): Uint8Array {
  const text = JSON.stringify(state, (name, value: unknown) => {
    if (typeof value === 'number' && !Number.isFinite(value)) throw new Error(`expected a number to store as ${name}, got ${String(value)}`);
    return value;
  });
  return Buffer.concat([Buffer.of(FORMAT_1), deflateRawSync(text, { dictionary: COMMON_1, level: 9 })]);
}

/** @throws Error for bytes that no program of ours has packed */
function unpacked(stored: Uint8Array): unknown {
  if (stored[0] !== FORMAT_1) throw new Error(`expected a state that was packed in format ${FORMAT_1}, got ${String(stored[0])}`);
  return JSON.parse(inflateRawSync(stored.subarray(1), { dictionary: COMMON_1 }).toString('utf8'));
}

/** The attribute `state` of a stored item; whatever was not packed stays as it is. */
export const storedStateSchema = z.unknown().transform((stored, context) => {
  if (!(stored instanceof Uint8Array)) return stored;
  try {
    return unpacked(stored);
  } catch (error) {
    context.addIssue({ code: 'custom', message: error instanceof Error ? error.message : String(error) });
    return z.NEVER;
  }
});
