/** What the gate has to know of a household, worked out of what is held of it: the same for a message now and for a dry run over the past. */
import { deviceCatalog } from '../../device/catalog.ts';
import { isInHouse, isMember, mayApprove, type Device, type Household, type Member } from '../../household/household.ts';
import { standing as consentOf, type Privacy } from '../../household/privacy.ts';
import { latest, type DeviceType, type Instant, type MemberId } from '../../values.ts';
import type { Trace } from '../fold/trace.ts';
import { hoursOf } from './habit.ts';
import { outreachLimits } from './limits.ts';
import type { Availability, Circumstances } from './may-reach.ts';

export interface HeldOf {
  readonly household: Pick<Household, 'timeZone'>;
  readonly privacy: Privacy | undefined;
  readonly members: readonly Member[];
  readonly devices: readonly Device[];
  /** Of the last weeks at least; nothing after `now`. */
  readonly traces: readonly Pick<Trace, 'at' | 'initiator' | 'sentiment'>[];
  readonly hasOpenCase: boolean;
  readonly health: number | undefined;
  readonly isLeftAlone: boolean;
  /** Whose yes to e-mail stands; nobody's where nothing can be sent. */
  readonly mailTo: readonly MemberId[];
  readonly watches: readonly string[];
}

/** Who may be told: guests may not answer for anything. */
export const peopleOf = (members: readonly Member[]): Member[] => members.filter((member) => isMember(member) && mayApprove(member));

export function circumstancesFrom(held: HeldOf, now: Instant): Omit<Circumstances, 'outreach'> {
  const { privacy, members, devices, traces, household, hasOpenCase, health, isLeftAlone, mailTo, watches } = held;
  const people = peopleOf(members);
  return {
    timeZone: household.timeZone,
    consents: {
      profiling: consentOf(privacy, 'profiling') === 'given',
      productNews: people.some(({ memberId }) => wantsNews(privacy, memberId)),
      newsByMail: people.some(({ memberId }) => mailTo.includes(memberId) && wantsNews(privacy, memberId)),
    },
    ...{ hasOpenCase, isLeftAlone, badMomentAt: badMoment(traces), health },
    available: {
      app: people.length > 0 ? 'now' : 'never',
      tv: screenOf(devices, 'tv'),
      fridge: screenOf(devices, 'fridge'),
      watch: people.some(({ memberId }) => watches.includes(memberId)) ? 'now' : 'never',
      'e-mail': people.some(({ memberId }) => mailTo.includes(memberId)) ? 'now' : 'never',
      crm: 'now',
    },
    hours: hoursOf(traces, household.timeZone, now),
  };
}

/** Of a person, not of a household: what offers something by e-mail needs it of whoever reads it. */
export const wantsNews = (privacy: Privacy | undefined, memberId: MemberId): boolean => consentOf(privacy, 'product-news', memberId) === 'given';

/** The app keeps what it is told until somebody looks; a screen shows it while it is on; a colleague can always be asked. */
function screenOf(devices: readonly Device[], type: DeviceType): Availability {
  const ofType = devices.filter((device) => isInHouse(device) && device.deviceType === type && deviceCatalog[type].hasScreen);
  if (ofType.length === 0) return 'never';
  return ofType.some(({ presence }) => presence?.connected === true) ? 'now' : 'later';
}

/** The last time that something clearly felt bad. */
function badMoment(traces: HeldOf['traces']): Instant | undefined {
  const [first, ...rest] = traces.flatMap(({ at, sentiment }) => (sentiment !== undefined && sentiment.value <= outreachLimits.badFeeling ? [at] : []));
  return first === undefined ? undefined : latest(first, ...rest);
}
