/** Whether what a branch asks holds of a household; what is unknown does not hold. */
import { standing as consentOf, type Privacy } from '../../household/privacy.ts';
import { purposes } from '../../household/purposes.ts';
import type { MemberId } from '../../values.ts';
import { judge } from '../standing/condition.ts';
import { lookAt, type Rules, type Standing } from '../standing/standing.ts';
import type { Summary } from '../fold/summary.ts';
import type { Instant } from '../../values.ts';
import type { AskedOfHousehold } from './path.ts';

export interface Household {
  readonly summary: Summary;
  readonly standing: Pick<Standing, 'segments' | 'phases' | 'tier' | 'health'>;
  readonly privacy: Privacy | undefined;
  /** Who lives there now. */
  readonly people: readonly MemberId[];
  readonly rules: Rules;
}

export function holdsOf(asked: AskedOfHousehold, { summary, standing, privacy, people, rules }: Household, now: Instant): boolean {
  if ('segments' in asked) return standing.segments.some(({ segment }) => asked.segments.includes(segment));
  if ('phases' in asked) return standing.phases.some(({ phase }) => asked.phases.includes(phase));
  if ('tiers' in asked) return asked.tiers.includes(standing.tier?.tier ?? 'none');
  if ('consent' in asked) {
    const given = (memberId?: MemberId): boolean => consentOf(privacy, asked.consent, memberId) === 'given';
    return purposes[asked.consent].scope === 'household' ? given() : people.some(given);
  }
  if ('health' in asked) {
    const score = standing.health?.score;
    return score !== undefined && score >= (asked.health.atLeast ?? 0) && score <= (asked.health.atMost ?? 1);
  }
  return judge(asked.where, lookAt(summary, {}, rules, standing, now).known).holds === true;
}
