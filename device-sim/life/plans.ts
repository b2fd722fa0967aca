/** Which chores there are: a move, what devices may tell, a TV sold and bought second-hand, and somebody who stops ordering. */
import { duration, instantOf } from '../../shared/values.ts';
import { asker } from '../ask-api.ts';
import { leavesAt } from '../defector.ts';
import { HouseholdApi } from '../household-api.ts';
import { secondHandOf, type SecondHand } from '../second-hand.ts';
import type { HouseholdSpec, MemberSpec, Simulation } from '../simulation.ts';
import type { Chore } from './chores.ts';
import { mailReaders } from './mail-readers.ts';
import type { LifeLine } from './life-lines.ts';
import { z } from 'zod';

export const MOVED = 'moved';
const DAY_OF_MOVING = 9;
/** By household: the day of their yes to what devices may tell of their use, and of their no. */
const CONSENTS: readonly { readonly yes: number; readonly no?: number }[] = [{ yes: 1 }, { yes: 6, no: 30 }, { yes: 12 }];

interface World {
  readonly simulation: Simulation;
  /** Product milliseconds. */
  readonly startsAt: number;
  readonly record: (lines: readonly LifeLine[]) => Promise<void>;
}

export function choresOf(world: World): Chore[] {
  const { simulation } = world;
  return [
    ...moveOf(world),
    ...consentsOf(world),
    ...mailReaders(simulation, world.startsAt),
    ...secondHandChores(world, secondHandOf(simulation)),
    ...simulation.households.flatMap((one) => leaving(world, one)),
  ];
}

/** Who of the second household moves to the first: somebody with an address who never answers. */
export function moverOf({
  households: [first, second],
}: Simulation): { who: MemberSpec; from: HouseholdSpec; to: HouseholdSpec; owner: MemberSpec } | undefined {
  const [owner, who] = [first?.members[0], second?.members.find(({ answers, email }) => answers === undefined && email !== undefined)];
  return first === undefined || second === undefined || owner === undefined || who === undefined ? undefined : { who, from: second, to: first, owner };
}

const doorOf = ({ apiUrl }: Simulation, { householdId }: HouseholdSpec, member: MemberSpec) => new HouseholdApi(apiUrl, householdId, member);

function moveOf({ simulation, startsAt }: World): Chore[] {
  const move = moverOf(simulation);
  if (move === undefined) return [];
  const { who, from, to, owner } = move;
  const [own, next] = [doorOf(simulation, from, who), doorOf(simulation, to, owner)];
  const carryOut = async () => {
    const { memberId, name = 'Somebody', email } = who;
    // Who is in already, or has left, is told so.
    const invited = await next.invite({ invitationId: `inv_${memberId.replace('mem_', '')}`, name, email, role: 'guest' });
    const left = invited.away ? invited : await own.leave(memberId);
    return !left.away;
  };
  return [{ what: MOVED, householdId: from.householdId, at: startsAt + duration(DAY_OF_MOVING, 'days'), carryOut }];
}

/** Where nobody works who would read it, nobody is asked. */
function consentsOf({ simulation, startsAt, record }: World): Chore[] {
  if (simulation.company === undefined) return [];
  return simulation.households.flatMap((household, index) => {
    const [{ yes, no } = { yes: undefined }, owner] = [CONSENTS[index], household.members[0]];
    if (yes === undefined || owner === undefined) return [];
    const { householdId, language } = household;
    const door = doorOf(simulation, household, owner);
    const answering = (answer: 'give' | 'withdraw', day: number): Chore => ({
      ...{ what: `consent ${answer} ${householdId}`, householdId, at: startsAt + duration(day, 'days') + duration(13, 'hours') },
      async carryOut(now) {
        const asked = await door.consents();
        const shown = asked.away ? undefined : asked.content?.find(({ purpose }) => purpose === 'optional-telemetry');
        if (shown === undefined) return false;
        const said = await door.answerConsent(answer, { purpose: shown.purpose, wordingVersion: shown.wordingVersion, language });
        if (said.away) return false;
        await record([{ at: instantOf(now), kind: 'consent', householdId, answer, status: said.status }]);
        return true;
      },
    });
    return [answering('give', yes), ...(no === undefined ? [] : [answering('withdraw', no)])];
  });
}

const offeredSchema = z.looseObject({ pairingCode: z.string() });

/** The seller takes it out of their household; the maker prints a new code; the buyer brings it in with that, and says what it watches over. */
function secondHandChores({ simulation, record }: World, sold: SecondHand | undefined): Chore[] {
  const { company, apiUrl } = simulation;
  const [owner, next] = [sold?.seller.members[0], sold?.buyer.members[0]];
  if (sold === undefined || company === undefined || owner === undefined || next === undefined) return [];
  const { thing: spec, seller, buyer, soldAt, boughtAt } = sold;
  const { thing } = spec;
  const maker = asker(apiUrl.replace(/\/$/, ''), { tokenFile: company.operatorTokenFile, who: 'maker' });
  const slots = spec.slots.map(({ slot, unit, capacity, resolution }) => ({ slot, unit, capacity, resolution }));
  const [old, house] = [doorOf(simulation, seller, owner), doorOf(simulation, buyer, next)];
  const sell = async (now: number) => {
    const removed = await old.removeDevice(thing);
    if (removed.away) return false;
    await record([{ at: instantOf(now), kind: 'sold', householdId: seller.householdId, thing, status: removed.status }]);
    return true;
  };
  const buy = async (now: number) => {
    const body = JSON.stringify({ deviceType: spec.type, model: 'Living room TV', slots });
    const offered = await maker(`/things/${thing}/pairing`, { method: 'PUT', body }, (answer) => offeredSchema.parse(answer));
    if (offered.away) return false;
    // 409: it stands in a household already, ours, if a life before this one has brought it in.
    const code = offered.content?.pairingCode;
    const paired = code === undefined ? undefined : await house.pairDevice({ pairingCode: code, name: 'Second-hand TV' });
    if (paired?.away === true) return false;
    for (const { slot, products } of spec.slots) {
      const [product] = products;
      if (product === undefined) continue;
      const newSupply = { supplyId: `sup_${thing}-second-${slot}`, name: 'batteries, second TV', gtin: product.gtin, packLastsDays: 60 };
      if ((await house.linkSlot(thing, slot, { newSupply })).away) return false;
    }
    await record([{ at: instantOf(now), kind: 'bought', householdId: buyer.householdId, thing, status: paired?.status ?? 200 }]);
    return true;
  };
  return [
    { what: `sell ${thing}`, householdId: seller.householdId, at: soldAt, carryOut: sell },
    { what: `buy ${thing}`, householdId: buyer.householdId, at: boughtAt, carryOut: buy },
  ];
}

/** Ends what buys by itself; from then on they carry everything home themselves (own-shopping.ts) and say no to every question. */
function leaving({ simulation }: World, household: HouseholdSpec): Chore[] {
  const [at, owner] = [leavesAt(simulation, household), household.members[0]];
  if (at === undefined || owner === undefined) return [];
  const { householdId } = household;
  const door = doorOf(simulation, household, owner);
  const carryOut = async () => {
    const known = await door.mandates();
    if (known.away) return false;
    for (const mandateId of known.content ?? []) if ((await door.endMandate(mandateId)).away) return false;
    return true;
  };
  return [{ what: 'leave', householdId, at, carryOut }];
}
