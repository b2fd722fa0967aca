/**
 * What a run does when its time has come, step after step, until it has to wait. The world is handed in: the running product and the dry run over the
 * past go through these very lines, and differ only in where answers come from.
 */
import type { DomainEvent } from '../../events.ts';
import { caseIdSchema, earliest, orderIdSchema, supplyIdSchema, type HouseholdId, type Instant, type Outcome } from '../../values.ts';
import type { Verdict } from '../outreach/may-reach.ts';
import { wishSchema, type Wish } from '../outreach/wish.ts';
import { fillWords, type WordFacts } from './fill-words.ts';
import { lookedAt, noteAct, putOff, standsAt, withArm, type Instance } from './instance.ts';
import type { AskedOfHousehold, MessageStep, Path } from './path.ts';
import { lapsesAt, type Act, type Definitions, type Heard, type Next } from './run.ts';

export type Arm = 'treated' | 'control';
type Decide = (instance: Instance) => Outcome<Instance, DomainEvent>;

export interface World {
  readonly now: Instant;
  holds(asked: AskedOfHousehold, householdId: HouseholdId): Promise<boolean>;
  arm(path: Path, householdId: HouseholdId): Promise<Arm>;
  facts(begun: Heard, householdId: HouseholdId): Promise<WordFacts>;
  /** Whether what the run is about still waits, as the thing itself says: an order that was answered is not reminded of. */
  stillWaits(path: Path, begun: Heard, householdId: HouseholdId): Promise<boolean>;
  reach(wish: Wish): Promise<Verdict>;
  /** Through the log of next best actions, and so through the gate. Repeating `from` repeats nothing. @returns why not */
  recommend(recommended: { action: string; because: string; from: string }, householdId: HouseholdId): Promise<string | undefined>;
  /** Decides on the instance as it stands, and keeps what came of it. */
  save(decide: Decide): Promise<Instance>;
}

const STEPS_AT_ONCE = 60;

export async function advance(instance: Instance, paths: Definitions, world: World): Promise<Instance> {
  let current = instance;
  for (let round = 0; round < STEPS_AT_ONCE; round += 1) {
    const stands = standsAt(current, paths, world.now);
    if (stands?.next.kind !== 'act') break;
    current = await act(current, paths, { path: stands.path, begun: stands.run.begun, next: stands.next }, world);
    // The gate has said later: nothing more to do now.
    if (standsAt(current, paths, world.now)?.next.kind !== 'act') break;
  }
  return world.save((stored) => lookedAt(stored, paths, world.now));
}

interface Due {
  readonly path: Path;
  readonly begun: Heard;
  readonly next: Extract<Next, { kind: 'act' }>;
}

async function act(instance: Instance, paths: Definitions, { path, begun, next }: Due, world: World): Promise<Instance> {
  const { householdId, key } = instance;
  const { step, instruction } = next;
  const note = (did: Act['did'], arm?: Arm, events: DomainEvent[] = []): Promise<Instance> =>
    world.save((stored) => {
      const outcome = noteAct(stored, paths, { run: begun.momentId, step, at: world.now, did }, world.now);
      if (outcome.kind !== 'changed') return outcome;
      return { ...outcome, state: arm === undefined ? outcome.state : withArm(outcome.state, begun.momentId, arm), events };
    });
  if (instruction.step === 'branch') return note({ kind: 'asked', holds: await world.holds(instruction.if, householdId) });
  const arm = instance.arms?.[begun.momentId] ?? (await world.arm(path, householdId));
  if (arm === 'control') return note({ kind: 'control' }, arm);
  const data = { householdId, because: '' };
  switch (instruction.step) {
    case 'task': {
      const taskId = `${path.path}/${key}/${begun.momentId.slice(0, 16)}/${String(step)}`.slice(0, 80);
      return note({ kind: 'task' }, arm, [{ type: 'task.requested', data: { ...data, taskId, task: instruction.task, because: instruction.because } }]);
    }
    case 'recommend': {
      const { action, because } = instruction;
      const against = await world.recommend({ action, because, from: `${path.path}/${key}/${begun.momentId}/${step}` }, householdId);
      return note(against === undefined ? { kind: 'recommended' } : { kind: 'held', because: against }, arm);
    }
    case 'message': {
      if (!(await world.stillWaits(path, begun, householdId))) return note({ kind: 'held', because: 'answered-already' }, arm);
      const wish = wishOf(instance, paths, { path, begun, next }, { instruction, facts: await world.facts(begun, householdId) });
      const verdict = await world.reach(wish);
      if ('send' in verdict) return note({ kind: 'sent', channel: verdict.send }, arm);
      if ('no' in verdict) return note({ kind: 'held', because: verdict.because }, arm);
      return world.save((stored) => {
        const outcome = putOff(stored, paths, { run: begun.momentId, step, until: verdict.wait, because: verdict.because }, world.now);
        return outcome.kind === 'changed' ? { ...outcome, state: withArm(outcome.state, begun.momentId, arm) } : outcome;
      });
    }
    default:
      return instruction satisfies never;
  }
}

function wishOf(
  { householdId, key, put }: Instance,
  paths: Definitions,
  { path, begun, next }: Due,
  { instruction, facts }: { readonly instruction: MessageStep; readonly facts: WordFacts },
): Wish {
  const content = path.contents[instruction.content];
  if (content === undefined) throw new Error(`the path ${path.path} has no words for ${instruction.content}`);
  const isPut = put?.run === begun.momentId && put.step === next.step;
  const lapses = lapsesAt(paths, { begun });
  const [orderId, supplyId, caseId] = [
    orderIdSchema.safeParse(begun.orderId).data,
    supplyIdSchema.safeParse(begun.supplyId).data,
    caseIdSchema.safeParse(begun.caseId).data,
  ];
  return wishSchema.parse({
    ...{ wishId: `${path.path}/${key}/${begun.momentId}/${next.step}`, householdId, kind: path.path, purpose: path.purpose, phase: path.phase },
    ...fillWords(content, facts),
    channels: instruction.channels,
    ...(instruction.urgent && { urgent: true }),
    wishedAt: isPut ? put.since : next.at,
    until: begun.deadlines?.['expiresAt'] === undefined ? lapses : earliest(lapses, begun.deadlines['expiresAt']),
    ...(path.quiet && { quiet: path.quiet }),
    ...(content.link !== undefined && { link: content.link }),
    ...{ orderId, supplyId, caseId },
  });
}
