/**
 * What a path would have done on a recorded past: the same interpreter and the same gate, fed with what was recorded in the order in which it was
 * received, with timers in between. Nothing is sent and nothing is written.
 */
import { unreachable, type HouseholdId, type Instant } from '../../values.ts';
import { askToReach } from '../outreach/decide-outreach.ts';
import type { Circumstances } from '../outreach/may-reach.ts';
import type { Outreach } from '../outreach/outreach.ts';
import type { Touchpoint } from '../touchpoint.ts';
import { advance, type Arm, type World } from './advance.ts';
import type { WordFacts } from './fill-words.ts';
import { EVERY_KEY, hear, heardBy, newInstance, type Instance } from './instance.ts';
import { keyOfMoment, momentOf, ONLY } from './moment.ts';
import { asShipped } from './with-shipped.ts';
import type { AskedOfHousehold, Path } from './path.ts';
import type { Definitions, Heard } from './run.ts';

/** A household as it was; whatever is asked is answered as of a moment. */
export interface Past {
  readonly householdId: HouseholdId;
  readonly touchpoints: readonly Touchpoint[];
  /** What it wanted to hear at that moment, and what else had reached it by then. */
  outreachAt(now: Instant): Outreach;
  circumstancesAt(now: Instant): Omit<Circumstances, 'outreach'>;
  holds(asked: AskedOfHousehold, now: Instant): boolean;
  arm(path: Path): Arm;
  facts(begun: Heard): WordFacts;
}

/** What happened to one run, as the JSON of the command has it. */
export interface DryStep {
  readonly householdId: string;
  readonly key: string;
  /** When the run began. */
  readonly run: Instant;
  readonly step: number;
  readonly at: Instant;
  readonly what: 'sent' | 'put-off' | 'not-sent' | 'control' | 'task' | 'recommended' | 'branch';
  readonly channel?: string;
  readonly because?: string;
  /** When it is tried again. */
  readonly until?: Instant;
  readonly holds?: boolean;
  readonly words?: { readonly de: { title: string; text: string }; readonly en: { title: string; text: string } };
  readonly reason?: { readonly de: string; readonly en: string };
}
export interface DryRun {
  readonly steps: readonly DryStep[];
  readonly instances: readonly Instance[];
}

export async function dryRunOf(path: Path, past: Past, { from, to }: { readonly from: Instant; readonly to: Instant }): Promise<DryRun> {
  const paths: Definitions = asShipped(path);
  const replay = new Replay(path, paths, past);
  // Of one moment, what came before is heard first.
  const received = past.touchpoints
    .filter(({ receivedAt, at }) => receivedAt >= from && at >= from && receivedAt <= to)
    .sort((a, b) => (a.receivedAt < b.receivedAt ? -1 : Number(a.receivedAt > b.receivedAt)) || (a.touchpointId < b.touchpointId ? -1 : 1));
  for (const touchpoint of received) {
    // A success that is received when the time is up beats the timer.
    await replay.timers(touchpoint.receivedAt, false);
    replay.hear(touchpoint);
  }
  await replay.timers(to, true);
  return { steps: replay.steps, instances: replay.instances() };
}

class Replay {
  readonly steps: DryStep[] = [];
  readonly #instances = new Map<string, Instance>();
  #reached: Outreach['reached'] = [];
  readonly #path: Path;
  readonly #paths: Definitions;
  readonly #past: Past;

  constructor(path: Path, paths: Definitions, past: Past) {
    this.#path = path;
    this.#paths = paths;
    this.#past = past;
  }

  instances(): Instance[] {
    return [...this.#instances.values()].filter(({ key }) => key !== EVERY_KEY);
  }

  hear(touchpoint: Touchpoint): void {
    const { householdId } = this.#past;
    const moment = momentOf(touchpoint, householdId);
    const found = heardBy(this.#paths, moment);
    if (found === undefined) return;
    const now = touchpoint.receivedAt;
    for (const key of keysToTell(found, keyOfMoment(this.#path.key, moment), [...this.#instances.keys()])) {
      const before = this.#instances.get(key) ?? newInstance(this.#path.path, key, householdId);
      const outcome = hear(before, this.#paths, [found.heard, ...this.#everyKey(key)], true, now);
      if (outcome.kind === 'changed') this.#instances.set(key, outcome.state);
    }
  }

  #everyKey(key: string): Heard[] {
    return key === EVERY_KEY ? [] : [...(this.#instances.get(EVERY_KEY)?.log ?? [])];
  }

  /** Everything whose time has come by then, the earliest first. */
  async timers(until: Instant, isLast: boolean): Promise<void> {
    for (;;) {
      const due = this.instances().flatMap((instance) => (instance.dueAt === undefined ? [] : [{ dueAt: instance.dueAt, key: instance.key }]));
      const [first] = due
        .filter(({ dueAt }) => (isLast ? dueAt <= until : dueAt < until))
        .sort((a, b) => (a.dueAt < b.dueAt ? -1 : Number(a.dueAt > b.dueAt)) || (a.key < b.key ? -1 : 1));
      if (first === undefined) return;
      await this.#advance(first.key, first.dueAt);
    }
  }

  async #advance(key: string, now: Instant): Promise<void> {
    const instance = this.#instances.get(key);
    if (instance === undefined) return;
    await advance(instance, this.#paths, this.#world(key, now));
  }

  #world(key: string, now: Instant): World {
    const past = this.#past;
    let words: Pick<DryStep, 'words' | 'reason'> = {};
    return {
      now,
      holds: (asked) => Promise.resolve(past.holds(asked, now)),
      arm: (path) => Promise.resolve(past.arm(path)),
      facts: (begun) => Promise.resolve(past.facts(begun)),
      stillWaits: () => Promise.resolve(true),
      // Whether it fits is known of today only.
      recommend: () => Promise.resolve(undefined),
      reach: (wish) => {
        words = { words: wish.words, reason: wish.reason };
        const stands = past.outreachAt(now);
        const outreach = { ...stands, reached: [...stands.reached, ...this.#reached] };
        const { verdict, outcome } = askToReach(outreach, { wish, circumstances: past.circumstancesAt(now), keep: false }, now);
        const noted = outcome.kind === 'changed' ? outcome.state.reached.at(-1) : undefined;
        if ('send' in verdict && noted !== undefined) this.#reached = [...this.#reached, noted];
        return Promise.resolve(verdict);
      },
      save: (decide) => {
        const before = this.#instances.get(key);
        if (before === undefined) throw new Error('expected an instance');
        const outcome = decide(before);
        if (outcome.kind !== 'changed') return Promise.resolve(before);
        this.#note(before, outcome.state, now, words);
        this.#instances.set(key, outcome.state);
        return Promise.resolve(outcome.state);
      },
    };
  }

  #note(before: Instance, after: Instance, now: Instant, words: Pick<DryStep, 'words' | 'reason'>): void {
    const begunAt = (run: string): Instant | undefined => after.log.find(({ momentId }) => momentId === run)?.at;
    const about = { householdId: after.householdId, key: after.key };
    const act = after.acts.length > before.acts.length ? after.acts.at(-1) : undefined;
    const run = begunAt(act?.run ?? after.put?.run ?? '');
    if (run === undefined) return;
    if (act !== undefined) this.steps.push({ ...about, run, step: act.step, at: act.at, ...didOf(act.did), ...(act.did.kind === 'sent' && words) });
    else if (after.put !== undefined && (before.put?.until !== after.put.until || before.put.because !== after.put.because)) {
      const { step, until, because } = after.put;
      const put = { ...about, run, step, what: 'put-off' as const, because, until };
      this.steps.push({ ...put, at: now, ...words });
    }
  }
}

function didOf(did: Instance['acts'][number]['did']): Pick<DryStep, 'what' | 'channel' | 'because' | 'holds'> {
  switch (did.kind) {
    case 'sent':
      return { what: 'sent', channel: did.channel };
    case 'held':
      return { what: 'not-sent', because: did.because };
    case 'asked':
      return { what: 'branch', holds: did.holds };
    case 'control':
    case 'task':
    case 'recommended':
      return { what: did.kind };
    default:
      return unreachable(did);
  }
}

/** Which instances a moment is noted in. What names no key, or counts for every one, is noted for those there are and for those to come. @param known keys of this household's instances */
export function keysToTell(
  { heard, anywhere }: { readonly heard: Heard; readonly anywhere: boolean },
  key: string | undefined,
  known: readonly string[],
): readonly string[] {
  const isTrigger = heard.roles.includes('trigger');
  if (isTrigger && !anywhere) return [key ?? ONLY];
  if (key !== undefined && !anywhere) return [key];
  return [...new Set([EVERY_KEY, ...known, ...(isTrigger ? [key ?? ONLY] : [])])];
}
