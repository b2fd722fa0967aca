/** The next best action of a household: chosen once a day and when its standing changes, brought to it through the gate, and noted when it has come. */
import type { EventEnvelope } from '../../shared/events.ts';
import {
  closeOver,
  noActionsYet,
  noteChoice,
  noteAsked,
  noteShown,
  noteTapped,
  tellableOf,
  type ActionEntry,
} from '../../shared/journey/next-best/action-log.ts';
import { candidateOf } from '../../shared/journey/next-best/candidates.ts';
import { chooseNextBest, untilOf, weigh } from '../../shared/journey/next-best/choose.ts';
import { actionInWords } from '../../shared/journey/next-best/next-best-wording.ts';
import { cellOf } from '../../shared/journey/next-best/situation.ts';
import { HOLDOUT } from '../../shared/journey/experiment/shipped-experiments.ts';
import type { Wish } from '../../shared/journey/outreach/wish.ts';
import { reachIdOf } from '../../shared/journey/outreach/decide-outreach.ts';
import { digest } from '../../shared/digest.ts';
import type { HouseholdId } from '../../shared/values.ts';
import { keys, kinds } from '../runtime/aggregates.ts';
import { productNow } from '../runtime/clock.ts';
import { enterExperiment } from '../runtime/experiment.ts';
import { reachHousehold } from '../runtime/outreach.ts';
import { change, load } from '../runtime/store.ts';
import { readCounters } from '../runtime/tally.ts';
import { situationOf } from './situation-of.ts';

export const nextBestEvents = ['segment.entered', 'action.recommended', 'outreach.sent', 'outreach.opened'] as const;
type NextBestEvent = Extract<EventEnvelope, { type: (typeof nextBestEvents)[number] }>;
export const isForNextBest = (event: EventEnvelope): event is NextBestEvent => nextBestEvents.some((type) => type === event.type);

export async function followNextBest(event: NextBestEvent): Promise<void> {
  if (event.type === 'segment.entered') await chooseFor(event.data.householdId);
  else if (event.type === 'action.recommended') await bring(event);
  else if (event.type === 'outreach.sent') await noteReached(event);
  else await noteOpened(event);
}

/** A repeat on the same day finds what the first has chosen. */
export async function chooseFor(householdId: HouseholdId): Promise<void> {
  const now = productNow();
  const { now: counters = {} } = await readCounters(['now']);
  const log = closeOver((await load(kinds.nextBest, keys.nextBest(householdId)))?.state ?? noActionsYet(householdId), now);
  const situation = await situationOf(householdId, log, counters, now);
  if (situation === undefined) return;
  await enterExperiment(HOLDOUT, householdId, now);
  const choice = chooseNextBest(situation, counters);
  const owns = tellableOf(situation.supplies.map(({ category }) => category));
  const arm = situation.reachable.isLeftAlone ? 'control' : 'treated';
  await change(kinds.nextBest, keys.nextBest(householdId), (stored) => {
    const before = closeOver(stored ?? noActionsYet(householdId), now);
    return noteChoice(before, { choice, cell: cellOf(situation.standing), owns, arm }, now);
  });
}

/**
 * What a step of a conversion path recommends: noted under an id of its own and brought by the same gate as what is chosen in the night.
 * @returns why not, where it does not fit this household now
 */
export async function recommendTo(householdId: HouseholdId, { action, because, from }: Recommended): Promise<string | undefined> {
  const now = productNow();
  const candidate = candidateOf(action);
  if (candidate === undefined) return 'no-such-action';
  const actionId = `act_${digest([householdId, from])}`;
  const { now: counters = {} } = await readCounters(['now']);
  const log = closeOver((await load(kinds.nextBest, keys.nextBest(householdId)))?.state ?? noActionsYet(householdId), now);
  if (log.entries.some((entry) => entry.actionId === actionId)) return undefined;
  const situation = await situationOf(householdId, log, counters, now);
  if (situation === undefined) return 'no-consent';
  const best = weigh(candidate, situation, counters);
  if ('because' in best) return best.because;
  const arm = situation.reachable.isLeftAlone ? 'control' : 'treated';
  const asked = { best, cell: cellOf(situation.standing), arm, actionId, because } as const;
  const result = await change(kinds.nextBest, keys.nextBest(householdId), (stored) =>
    noteAsked(closeOver(stored ?? noActionsYet(householdId), now), asked, now),
  );
  return result.kind === 'rejected' ? result.reason : undefined;
}

interface Recommended {
  readonly action: string;
  readonly because: string;
  /** Which step of which run: a repeat is the same recommendation. */
  readonly from: string;
}

async function bring({ data: { householdId, actionId } }: Extract<NextBestEvent, { type: 'action.recommended' }>): Promise<void> {
  const entry = (await load(kinds.nextBest, keys.nextBest(householdId)))?.state.entries.find((one) => one.actionId === actionId);
  const wish = entry && wishOf(householdId, entry);
  // What the gate puts off it asks for again by itself; `outreach.sent` then tells of it.
  if (wish !== undefined) await reachHousehold(wish, { keep: true });
}

function wishOf(householdId: HouseholdId, { actionId, action, figures, at, supplyId }: ActionEntry): Wish | undefined {
  const candidate = candidateOf(action);
  const [de, en] = [actionInWords(action, figures, 'de'), actionInWords(action, figures, 'en')];
  if (candidate === undefined || de === undefined || en === undefined) return undefined;
  return {
    ...{ wishId: actionId, householdId, kind: action, purpose: candidate.purpose, phase: candidate.phase, link: candidate.link },
    words: { de: { title: de.title, text: de.text }, en: { title: en.title, text: en.text } },
    // What it rests on is said as a sentence of its own.
    reason: { de: `denn ${de.reason}`.slice(0, 200), en: `because ${en.reason}`.slice(0, 200) },
    channels: [...candidate.channels],
    ...{ wishedAt: at, until: untilOf(at) },
    ...(supplyId !== undefined && { supplyId }),
  };
}

async function noteReached({ data: { householdId, reachId, channel }, time }: Extract<NextBestEvent, { type: 'outreach.sent' }>): Promise<void> {
  const actionId = await actionReached(householdId, reachId);
  if (actionId !== undefined) await change(kinds.nextBest, keys.nextBest(householdId), (stored) => noteShown(stored, actionId, channel, time));
}

async function noteOpened({ data: { householdId, reachId }, time }: Extract<NextBestEvent, { type: 'outreach.opened' }>): Promise<void> {
  const actionId = await actionReached(householdId, reachId);
  if (actionId !== undefined) await change(kinds.nextBest, keys.nextBest(householdId), (stored) => noteTapped(stored, actionId, time));
}

/** Undefined for whatever else reaches a household. */
async function actionReached(householdId: HouseholdId, reachId: string): Promise<string | undefined> {
  const log = (await load(kinds.nextBest, keys.nextBest(householdId)))?.state;
  return log?.entries.find(({ actionId }) => reachIdOf({ householdId, wishId: actionId }) === reachId)?.actionId;
}
