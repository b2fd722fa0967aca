/** The person in front of a TV: answers the cards on its screen with the remote control, signed in as themselves, and only while it is on. */
import { duration, type OrderId } from '../shared/values.ts';
import { screenOf } from './answers.ts';
import { answersByHand } from './by-hand.ts';
import type { DeviceConnection } from './device-connection.ts';
import type { Reply } from './ask-api.ts';
import { answersAt } from './defector.ts';
import { HouseholdApi } from './household-api.ts';
import type { Home } from './kind.ts';
import type { LedgerLine } from './ledger.ts';
import { Member, type Look } from './member.ts';
import type { MemberLine } from './member-past.ts';
import { secondHandOf } from './second-hand.ts';
import type { HouseholdSpec, Simulation, ThingSpec } from './simulation.ts';
import { watchedFrom } from './tv.ts';

/** A card is read and answered within minutes of being seen; who is out of the room sees it when they come back. */
const READING_TIME = duration(2, 'minutes');

interface Around {
  readonly simulation: Simulation;
  readonly household: HouseholdSpec;
  readonly home: Home;
  /** What is on the screen right now. */
  readonly screen: () => Pick<DeviceConnection, 'display'>;
  /** Product milliseconds. */
  readonly now: () => number;
  readonly record: (lines: readonly LedgerLine[]) => Promise<void>;
}

/** Nobody, for a device that is no TV, or on which nobody is signed in. */
export function viewerOf({ thing, tv }: ThingSpec, around: Around, past: readonly MemberLine[]): Member | undefined {
  const { simulation, household, home, screen, now, record } = around;
  const spec = household.members.find(({ memberId }) => memberId === tv?.signedInMemberId);
  if (tv === undefined || spec === undefined) return undefined;
  const { memberId, handsOff } = spec;
  const { seed, apiUrl } = simulation;
  const api = new HouseholdApi(apiUrl, household.householdId, { memberId, tokenFile: tv.tokenFile });
  return new Member(
    spec,
    {
      ...{ seed, screen: 'tv', record, answer: api.answer.bind(api) },
      look: (orderId, now) => Promise.resolve(lookAt(screen(), orderId, now)),
      answersHere: (orderId) =>
        !handsOff && !answersByHand(simulation, household) && isStillTheirs(simulation, thing, now()) && screenOf(seed, memberId, orderId) === 'tv',
      answersAt: (toldAt) => answersAt(simulation, household, spec.answers, toldAt),
      // How long the phone's owner would have thought does not matter here: the evening comes when it comes.
      readyAt: (toldAt) => watchedFrom(home, toldAt + READING_TIME),
    },
    past.filter((line) => line.memberId === memberId),
  );
}

function isStillTheirs(simulation: Simulation, thing: string, now: number): boolean {
  const sold = secondHandOf(simulation);
  return sold?.thing.thing !== thing || now < sold.soldAt;
}

/** Not the API's view but the screen's: what is approved is the card that was seen, under the button that stood on it. */
function lookAt({ display }: Pick<DeviceConnection, 'display'>, orderId: OrderId, now: number): Reply<Look> {
  const card = display.cardOf(orderId, now);
  if (card === undefined) return { away: false, status: 410, content: { status: 'not-shown', quoteHash: '', evidence: undefined } };
  const { quoteHash, wordingVersion, language, buttonText } = card;
  const evidence = wordingVersion !== undefined && language !== undefined && buttonText !== undefined ? { wordingVersion, language, buttonText } : undefined;
  return { away: false, status: 200, content: { status: 'awaiting-approval', quoteHash, evidence } };
}
