/** Nothing waits unnoticed: what is due is looked after, every message finds somebody, every item can be read. */
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

export const noDeadLetters = ({ deadLetters, now }: Facts): Finding[] =>
  deadLetters.map(({ queue, messageId, body }) => ({
    ...{ rule: 'dead-letter', subject: `${queue} ${messageId}`, at: now },
    ...{ expected: 'every message is worked off', actual: body.slice(0, 300) },
  }));

export const everythingReadable = ({ unreadable, now }: Facts): Finding[] =>
  unreadable.map(({ key, reason }) => ({ rule: 'item-unreadable', subject: key, at: now, expected: 'an item of its kind', actual: reason }));
