/** A household's past out of what is held of it: for dry runs. What is known only as it is now (which screens are on) is taken as it is now. */
import type { Device, Household, Member } from '../../household/household.ts';
import type { Privacy } from '../../household/privacy.ts';
import { type HouseholdId, type Instant } from '../../values.ts';
import { armOf } from '../experiment/experiment.ts';
import { foldAll, summaryOf } from '../fold/fold-all.ts';
import { traceOf } from '../fold/trace.ts';
import { circumstancesFrom, peopleOf } from '../outreach/circumstances.ts';
import { mailTo } from '../outreach/mail.ts';
import { noOutreachYet, type Outreach } from '../outreach/outreach.ts';
import { standingOf, type Rules } from '../standing/standing.ts';
import type { Touchpoint } from '../touchpoint.ts';
import { experimentOf } from './arms.ts';
import { holdsOf } from './asked.ts';
import type { Past } from './dry-run.ts';
import type { WordFacts } from './fill-words.ts';
import type { Path } from './path.ts';
import type { Heard } from './run.ts';

export interface Held {
  readonly household: Household;
  readonly members: readonly Member[];
  readonly devices: readonly Device[];
  readonly privacy: Privacy | undefined;
  readonly outreach: Outreach | undefined;
  readonly touchpoints: readonly Touchpoint[];
  readonly rules: Rules;
  /** One of those who are never addressed of our own accord. */
  readonly isLeftAlone: boolean;
  readonly facts: (begun: Heard) => WordFacts;
}

/** @param path the one that is tried: what it has really sent is left out, or it would stand in its own way */
export function pastOf(path: Path, held: Held): Past {
  const { household, members, devices, touchpoints, rules, isLeftAlone, facts } = held;
  const householdId: HouseholdId = household.householdId;
  const outreach = held.outreach ?? noOutreachYet(householdId);
  const privacyAt = (now: Instant): Privacy | undefined => held.privacy && { ...held.privacy, answers: held.privacy.answers.filter(({ at }) => at <= now) };
  const standsAt = lastAnswer((now: Instant) => {
    const known = touchpoints.filter(({ receivedAt }) => receivedAt <= now);
    const summary = summaryOf(householdId, foldAll(known).days);
    return { summary, standing: standingOf(summary, undefined, now, {}, rules) };
  });
  const outreachAt = (now: Instant): Outreach => ({
    ...outreach,
    stops: outreach.stops.filter(({ at }) => at <= now),
    reached: outreach.reached.filter(({ at, kind }) => at <= now && kind !== path.path),
    waiting: [],
  });
  const circumstancesAt: Past['circumstancesAt'] = (now) => {
    const known = touchpoints.filter(({ receivedAt }) => receivedAt <= now);
    const parts = {
      household,
      members,
      devices,
      isLeftAlone,
      mailTo: mailTo({ mailAnswers: outreach.mailAnswers?.filter(({ at }) => at <= now) }),
      watches: outreach.watches ?? [],
      privacy: privacyAt(now),
    };
    return circumstancesFrom({ ...parts, traces: known.map(traceOf), hasOpenCase: hasOpenCase(known), health: standsAt(now).standing.health?.score }, now);
  };
  return {
    ...{ householdId, touchpoints, outreachAt, circumstancesAt, facts },
    holds: (asked, now) => holdsOf(asked, { ...standsAt(now), privacy: privacyAt(now), people: peopleOf(members).map(({ memberId }) => memberId), rules }, now),
    arm: (one) => (armOf(experimentOf(one), householdId) === 'control' ? 'control' : 'treated'),
  };
}

/** Folding a journey takes its time, and several questions are about one moment. */
function lastAnswer<Answer>(ask: (now: Instant) => Answer): (now: Instant) => Answer {
  let known: { readonly now: Instant; readonly answer: Answer } | undefined;
  return (now) => {
    if (known?.now !== now) known = { now, answer: ask(now) };
    return known.answer;
  };
}

/** By what was said of each: the last word counts. */
function hasOpenCase(touchpoints: readonly Touchpoint[]): boolean {
  const open = new Map<string, boolean>();
  for (const { type, caseId } of [...touchpoints].sort((a, b) => (a.at < b.at ? -1 : 1)))
    if (caseId !== undefined && type.startsWith('case.')) open.set(caseId, type !== 'case.solved');
  return [...open.values()].some(Boolean);
}
