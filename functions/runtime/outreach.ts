/** Reaching a household beyond what an order itself requires: the gate asked with what is known now, and what it lets through noted in the same write. */
import type { EventData } from '../../shared/events.ts';
import { mailTo } from '../../shared/journey/outreach/mail.ts';
import { circumstancesFrom, type HeldOf } from '../../shared/journey/outreach/circumstances.ts';
import { askToReach } from '../../shared/journey/outreach/decide-outreach.ts';
import { outreachLimits } from '../../shared/journey/outreach/limits.ts';
import type { Circumstances, Verdict } from '../../shared/journey/outreach/may-reach.ts';
import type { Outreach, Reached } from '../../shared/journey/outreach/outreach.ts';
import type { Wish } from '../../shared/journey/outreach/wish.ts';
import { addDuration, duration, type HouseholdId, type Instant, type MemberId } from '../../shared/values.ts';
import { householdPk, isOutreach, keys, kinds, type Key } from './aggregates.ts';
import { productNow } from './clock.ts';
import { environmentIf } from './environment.ts';
import { isLeftAlone } from './experiment.ts';
import { change, list, load } from './store.ts';

const NEVER: Verdict = { no: true, because: 'no-channel' };

/**
 * Reaches the household, or says when or why not. Safe to repeat: a wish that has reached it is answered as the first time, and of two senders at once
 * the second meets what the first has noted. The event `outreach.sent` of that write brings it to the screen.
 * @param keep ask again by itself when the gate says to wait; a sender that keeps a timer of its own does not want that
 */
export async function reachHousehold(wish: Wish, { keep = false }: { keep?: boolean } = {}): Promise<Verdict> {
  const held = await heldOf(wish.householdId);
  if (held === undefined) return NEVER;
  let verdict: Verdict = NEVER;
  await change(kinds.outreach, keys.outreach(wish.householdId), (outreach) => {
    const now = productNow();
    // Who may be written to and who wears a watch stands in OUTREACH itself, and is read with it.
    const circumstances = circumstancesFrom({ ...held, ...ownScreens(outreach) }, now);
    const asked = askToReach(outreach, { wish, circumstances, keep }, now);
    ({ verdict } = asked);
    return asked.outcome;
  });
  return verdict;
}

/** What was put off has come: everything of this household whose time it is, is asked for again. */
export async function reachAgain(key: Key): Promise<void> {
  if (!isOutreach(key.sk)) throw new Error(`expected OUTREACH, got ${key.sk}`);
  const now = productNow();
  const waiting = (await load(kinds.outreach, key))?.state.waiting ?? [];
  for (const { wish, until } of waiting) if (until <= now) await reachHousehold(wish, { keep: true });
}

/** What the event speaks of, as it read; undefined once it is forgotten. */
export const findReached = async ({ householdId, reachId }: EventData<'outreach.sent'>): Promise<Reached | undefined> =>
  (await load(kinds.outreach, keys.outreach(householdId)))?.state.reached.find((one) => one.reachId === reachId);

/** Whom e-mails come from; undefined for a deployment that sends none. */
export const mailSender = (): string | undefined => environmentIf('MAIL_FROM');

const ownScreens = (outreach: Outreach | undefined): Pick<HeldOf, 'mailTo' | 'watches'> => ({
  mailTo: mailSender() === undefined ? [] : mailTo(outreach),
  watches: outreach?.watches ?? [],
});

type Known = Omit<HeldOf, 'mailTo' | 'watches'>;

/** Undefined for a household that is not there (any more). */
export async function heldOf(householdId: HouseholdId): Promise<Known | undefined> {
  const household = (await load(kinds.household, keys.household(householdId)))?.state;
  if (household === undefined) return undefined;
  const pk = householdPk(householdId);
  const now = productNow();
  const [privacy, members, devices, cases, standing, traces] = await Promise.all([
    load(kinds.privacy, keys.privacy(householdId)),
    list(kinds.member, pk, 'MEMBER#'),
    list(kinds.device, pk, 'DEVICE#'),
    list(kinds.case, pk, 'CASE#'),
    load(kinds.standing, keys.standing(householdId)),
    latestTraces(householdId, now),
  ]);
  return {
    ...{ household, traces, privacy: privacy?.state, health: standing?.state.health?.score },
    members: members.map(({ state }) => state),
    devices: devices.map(({ state }) => state),
    hasOpenCase: cases.some(({ state }) => state.status !== 'solved'),
    isLeftAlone: await isLeftAlone(householdId, now),
  };
}

async function latestTraces(householdId: HouseholdId, now: Instant) {
  const since = addDuration(now, duration(-outreachLimits.habitDays, 'days')).slice(0, 10);
  const days = await list(kinds.dayTraces, householdPk(householdId), 'DAY#', Infinity);
  return days.filter(({ state }) => state.day >= since).flatMap(({ state }) => Object.values(state.traces));
}

/** What the gate knows of the household now; undefined for one that is not there (any more). */
export async function circumstancesOf(householdId: HouseholdId): Promise<Omit<Circumstances, 'outreach'> | undefined> {
  const [held, outreach] = await Promise.all([heldOf(householdId), load(kinds.outreach, keys.outreach(householdId))]);
  return held && circumstancesFrom({ ...held, ...ownScreens(outreach?.state) }, productNow());
}

/** Of whoever has said that theirs may be told. */
export const watchesOf = async (householdId: HouseholdId): Promise<readonly MemberId[]> =>
  (await load(kinds.outreach, keys.outreach(householdId)))?.state.watches ?? [];
