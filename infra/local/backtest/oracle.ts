/** What is possible at all: whoever knows every need beforehand lets each unit come on the morning of its day. */
import type { Method, Trial } from './scenario.ts';
import { keepShelf } from './shelf.ts';

function keeperWhoKnows({ pair, delays, splitDay }: Trial) {
  // With a lead time that varies, whoever knows only the needs has to reckon with the longest.
  const days = Math.max(1, Math.ceil(delays.leadTimeDays.most + delays.approvalHours.most / 24));
  const ahead = pair.needs.filter(({ day }) => day >= splitDay);
  let next = 0;
  let given = -1;
  return {
    see: () => undefined,
    order: (day: number) => {
      let units = 0;
      for (let need = ahead[next]; need !== undefined && need.day <= day + days; need = ahead[next]) {
        units += need.count;
        next += 1;
      }
      // The unit that stands there at the beginning serves the first need.
      if (given < 0 && units > 0) {
        given = 1;
        return units - 1;
      }
      return units;
    },
  };
}

export const oracle: Method = { name: 'oracle', kind: 'oracle', run: (trial) => ({ tally: keepShelf(trial, keeperWhoKnows(trial)) }) };
