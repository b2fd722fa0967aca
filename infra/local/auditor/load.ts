/** Gathers the facts of a run from its folder and its tables. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { instantOf, instantSchema } from '../../../shared/values.ts';
import { runSchema, type Access } from '../cloud/control.ts';
import { ANSWERED_BY_HAND } from './answered-by-hand.ts';
import { deadLetters } from './dead-letters.ts';
import type { Facts } from './facts.ts';
import { faultsIn, handoversIn, journalOutcomes, membersAnswers, readingsSent, shopsInRun, shopsSaid } from './ledgers.ts';
import { lifeIn } from './life-ledger.ts';
import { scanTables } from './scan.ts';
import { tableFacts } from './tables.ts';

const clockSchema = z.object({ reachedBy: instantSchema });

/**
 * Where time jumps it stands still until every device has been heard; where it runs, a device that reconnects may be hours late
 * (two seconds at 3600 times the speed).
 */
const GRACE_HOURS = { jump: 1, 'real-time': 24 } as const;
/** A device that is cut off for a day, and one more to send what it has kept. */
const GRACE_OFFLINE_HOURS = 48;

export async function loadFacts(data: string, access: Access): Promise<Facts> {
  const json = (name: string): unknown => JSON.parse(readFileSync(path.join(data, name), 'utf8'));
  const run = runSchema.parse(json('cloud.json'));
  const { quarantined, ...tables } = tableFacts(await scanTables(access));
  return {
    startsAt: instantOf(run.startsAt),
    now: clockSchema.parse(json('clock.json')).reachedBy,
    faultsOn: run.faults?.kinds ?? [],
    readingGraceHours: run.faults?.kinds.includes('device-offline') === true ? GRACE_OFFLINE_HOURS : GRACE_HOURS[run.mode],
    isAnsweredByHand: existsSync(path.join(data, ANSWERED_BY_HAND)),
    readings: readingsSent(data),
    outcomes: [...journalOutcomes(data), ...quarantined],
    shopsInRun: shopsInRun(data),
    ...shopsSaid(data),
    handovers: handoversIn(data),
    answers: membersAnswers(data),
    faults: faultsIn(data),
    life: lifeIn(data),
    ...tables,
    deadLetters: await deadLetters(access, run.assemblyDirectory),
  };
}
