/** Devices tell of their use where their household has said yes, each time once, and nowhere else; a thing that is sold begins a timeline of its own. */
import { duration, millisOf, type Instant } from '../../../../shared/values.ts';
import type { Facts, SentReading } from '../facts.ts';
import type { Finding } from '../finding.ts';

const DEVICES = 'devices';
/** Within so long everybody obeys an answer: it takes seconds, and a reading may be on its way. */
const SLACK = duration(2, 'hours');
const readingOf = ({ thing, bootId, seq }: Pick<SentReading, 'thing' | 'bootId' | 'seq'>): string => `${thing}-${bootId}-${seq}`;
/** The touchpoints that a reading has to become. */
const usesIn = (reading: SentReading): string[] => [
  ...(reading.tellsUse === true ? [readingOf(reading)] : []),
  ...(reading.tellsShown === true ? [`${readingOf(reading)}-shown`] : []),
];
const householdIn = (key: string): string => key.slice('HH#'.length, key.indexOf('/'));

export function usedAsAgreed(facts: Facts): Finding[] {
  const { life, readings, touchpoints, outcomes, faultsOn } = facts;
  const used = touchpoints.filter(({ state }) => state.source === DEVICES);
  const told = new Set(readings.flatMap(usesIn));
  const unasked = used.flatMap(({ key, state }): Finding[] => {
    const subject = `${DEVICES}/${state.messageId}`;
    const householdId = householdIn(key);
    const said = `devices of ${householdId} that may tell`;
    if (!told.has(state.messageId)) return [{ rule: 'touchpoint-invented', subject, at: state.at, expected: 'a reading that says so', actual: 'none' }];
    return mayTell(life.consents, householdId, state.receivedAt, 'in-doubt-yes')
      ? []
      : [{ rule: 'use-without-consent', subject, at: state.receivedAt, expected: said, actual: 'a touchpoint of their use' }];
  });
  // A clock that is wrong, or a device that was away, may have told too late or of a time that was not yet.
  if (faultsOn.length > 0) return unasked;
  const stored = new Map(used.map(({ key, state }) => [state.messageId, householdIn(key)]));
  const heard = new Map(outcomes.map((outcome) => [readingOf(outcome), outcome.verdict]));
  return [
    ...unasked,
    ...readings.flatMap((reading): Finding[] => {
      const home = homeAt(facts, reading.thing, reading.at);
      const verdict = heard.get(readingOf(reading));
      const counts = reading.acknowledged && verdict !== undefined && verdict !== 'quarantined';
      if (!counts || home === undefined || !mayTell(life.consents, home, reading.at, 'certainly')) return [];
      const lost = usesIn(reading).filter((name) => stored.get(name) !== home);
      return lost.map((name) => {
        const actual = stored.get(name) ?? 'none in the journey';
        return { rule: 'touchpoint-lost', subject: `${DEVICES}/${name}`, at: reading.at, expected: `one of ${home}`, actual };
      });
    }),
  ];
}

function mayTell(consents: Facts['life']['consents'], householdId: string, at: Instant, how: 'in-doubt-yes' | 'certainly'): boolean {
  const slack = how === 'certainly' ? 0 - SLACK : Number(SLACK);
  const answers = consents.filter((one) => one.householdId === householdId && one.status === 200);
  return answers.some((given) => {
    if (given.answer !== 'give' || millisOf(at) < millisOf(given.at) - slack) return false;
    const withdrawn = answers.find((later) => later.answer === 'withdraw' && later.at > given.at);
    return withdrawn === undefined || millisOf(at) < millisOf(withdrawn.at) + slack;
  });
}

/** Where a thing stood; undefined on its way from one household to another. */
function homeAt({ items, life: { handed } }: Facts, thing: string, at: Instant): string | undefined {
  const [sold, bought] = [handed.find((one) => one.kind === 'sold' && one.thing === thing), handed.find((one) => one.kind === 'bought' && one.thing === thing)];
  if (sold !== undefined && millisOf(at) > millisOf(sold.at) - SLACK)
    return bought !== undefined && millisOf(at) > millisOf(bought.at) + SLACK ? bought.householdId : undefined;
  const owner = sold?.householdId;
  return owner ?? items.flatMap(({ key }) => (key.endsWith(`/DEVICE#${thing}`) ? [householdIn(key)] : []))[0];
}

/** What it told before stays with whose it was, and the next household knows nothing of it. */
export function timelinesApart({ life: { handed }, touchpoints }: Facts): Finding[] {
  return handed.flatMap(({ kind, thing, householdId, at }) => {
    const mixed = touchpoints.filter(({ key, state }) => {
      if (state.thing !== thing || householdIn(key) !== householdId) return false;
      return kind === 'sold' ? millisOf(state.at) > millisOf(at) + SLACK : millisOf(state.at) < millisOf(at) - SLACK;
    });
    const expected = kind === 'sold' ? `nothing of ${thing} after it was sold` : `nothing of ${thing} before it was bought`;
    return mixed.map(({ key, state }) => ({ rule: 'timeline-mixed', subject: key, at: state.at, expected, actual: state.type }));
  });
}
