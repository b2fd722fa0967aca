/** Nothing waits unnoticed: what is due is looked after, every message finds somebody, every item can be read. */
import { z } from 'zod';
import { addDuration, duration } from '../../../../shared/values.ts';
import type { Facts } from '../facts.ts';
import type { Finding } from '../finding.ts';

/** What is due is started every fifteen minutes; a day is a hundred chances. */
const OVERDUE_AFTER = duration(-1, 'days');

export const nothingOverdue = ({ items, now }: Facts): Finding[] =>
  items.flatMap(({ key, dueAt }): Finding[] => {
    if (dueAt === undefined || dueAt >= addDuration(now, OVERDUE_AFTER)) return [];
    return [{ rule: 'overdue', subject: key, at: addDuration(dueAt, duration(1, 'days')), expected: 'looked after when due', actual: `due since ${dueAt}` }];
  });

/** Marks that the poison of this run carries. */
const poisonIn = ({ faults }: Facts): string[] =>
  faults.flatMap(({ fault, subject }) => (fault === 'message-poisoned' && subject !== undefined ? [subject] : []));

/** What was poisoned on purpose belongs there, and nothing else does. */
export function noDeadLetters(facts: Facts): Finding[] {
  const marks = poisonIn(facts);
  return facts.deadLetters
    .filter(({ body }) => !marks.some((mark) => body.includes(mark)))
    .map(({ queue, messageId, body }) => ({
      ...{ rule: 'dead-letter', subject: `${queue} ${messageId}`, at: facts.now },
      ...{ expected: 'every message is worked off', actual: body.slice(0, 300) },
    }));
}

/** Killed between the line and the deed, the local cloud may never have sent what it noted. */
const KILLS = ['cloud-killed', 'run-interrupted'];

/** Bad input is kept where a person can see it: in the quarantine or among the dead letters. */
export function poisonKept(facts: Facts): Finding[] {
  if (facts.faults.some(({ fault }) => KILLS.includes(fault))) return [];
  const kept = [
    ...facts.deadLetters.map(({ body }) => body),
    ...facts.items.filter(({ key }) => key.includes('/QUARANTINE#')).map(({ state }) => z.object({ payload: z.string() }).safeParse(state).data?.payload ?? ''),
  ];
  return poisonIn(facts)
    .filter((mark) => !kept.some((text) => text.includes(mark)))
    .map((subject) => ({ rule: 'poison-swallowed', subject, at: facts.now, expected: 'in the quarantine or a dead letter', actual: 'nowhere to be seen' }));
}

export const everythingReadable = ({ unreadable, now }: Facts): Finding[] =>
  unreadable.map(({ key, reason }) => ({ rule: 'item-unreadable', subject: key, at: now, expected: 'an item of its kind', actual: reason }));
