import { describe, expect, it } from 'vitest';
import { Customer, type HomeDoors } from '../../../device-sim/life/customer.ts';
import type { LifeLine } from '../../../device-sim/life/life-lines.ts';
import type { Reply } from '../../../device-sim/household-api.ts';
import { duration, instantOf, millisOf } from '../../../shared/values.ts';
import { START } from '../../shared/supply/milk.ts';

const startsAt = millisOf(START);
const hours = (many: number) => startsAt + duration(many, 'hours');

/** A household before doors that note what was said there. */
function home({ seed = 1, promised = hours(2), isAway = false } = {}, past: readonly LifeLine[] = []) {
  const ledger: LifeLine[] = [...past];
  const said: { door: string; about: string; content?: object }[] = [];
  const door = { isAway };
  const reply = <Content>(content: Content): Promise<Reply<Content>> => Promise.resolve(door.isAway ? { away: true } : { away: false, status: 200, content });
  const note = (name: string, about: string, content?: object): Promise<Reply<undefined>> => {
    if (!door.isAway) said.push({ door: name, about, ...(content !== undefined && { content }) });
    return reply(undefined);
  };
  const doors: HomeDoors = {
    survey: () => reply({ surveyId: 'svy_1', kind: 'csat' as const }),
    answerSurvey: (surveyId, content) => note('survey', surveyId, content),
    openCase: (caseId, content) => note('open', caseId, content),
    solveCase: (caseId) => note('solve', caseId),
    promisedAt: () => Promise.resolve(instantOf(promised)),
  };
  const record = (lines: readonly LifeLine[]) => Promise.resolve(void ledger.push(...lines));
  const customer = new Customer({ seed, householdId: 'hh_anna', startsAt, doors, isHere: () => true, record }, past);
  return { customer, ledger, said, door };
}
const delivered = { messageId: 'note_1', kind: 'order-delivered', orderId: 'ord_a', at: instantOf(hours(1)) };

/** The first of many seeds with which this happens. */
async function firstSeed(happens: (seed: number) => Promise<boolean>): Promise<number> {
  for (let seed = 1; seed < 60; seed += 1) if (await happens(seed)) return seed;
  throw new Error('expected one of sixty seeds to do it');
}

describe('who speaks for a household', () => {
  const answers = async (seed: number) => {
    const { customer, said } = home({ seed });
    await customer.hear(delivered, hours(1));
    await customer.act(hours(40));
    return said.some((one) => one.door === 'survey');
  };

  it('looks at the app some hours after a delivery, and answers once though it was told twice', async () => {
    const { customer, said, ledger } = home({ seed: await firstSeed(answers) });
    await customer.hear(delivered, hours(1));
    await customer.hear(delivered, hours(1));
    expect(customer.nextAt).toBeGreaterThan(hours(1));
    await customer.act(hours(40));
    await customer.act(hours(80));
    expect(said).toHaveLength(1);
    expect(ledger.filter(({ kind }) => kind === 'survey' || kind === 'survey-taken').map(({ kind }) => kind)).toEqual(['survey', 'survey-taken']);
  });

  it('goes on after a restart with what it had in mind', async () => {
    const seed = await firstSeed(answers);
    const before = home({ seed, isAway: true });
    await before.customer.hear(delivered, hours(1));
    await before.customer.act(hours(40));
    expect(before.said).toEqual([]);
    const after = home({ seed }, before.ledger);
    await after.customer.act(hours(42));
    expect(after.said).toMatchObject([{ door: 'survey', about: 'svy_1' }]);
    expect(home({ seed }, after.ledger).customer.nextAt).toBeNull();
  });

  it('complains about what was far too late, and calls it solved some days later', async () => {
    const late = { ...delivered, at: instantOf(hours(60)) };
    const complains = async (seed: number) => {
      const { customer, said } = home({ seed });
      await customer.hear(late, hours(60));
      await customer.act(hours(75));
      return said.some((one) => one.door === 'open');
    };
    const { customer, said, ledger } = home({ seed: await firstSeed(complains) });
    await customer.hear(late, hours(60));
    await customer.act(hours(75));
    await customer.act(hours(200));
    const doors = said.map((one) => one.door).filter((one) => one !== 'survey');
    expect(doors).toEqual(['open', 'solve']);
    const felt = ledger.flatMap((line) => (line.kind === 'felt' ? [Math.sign(line.by)] : []));
    expect(felt).toEqual([-1, 1]);
  });

  it('writes down each midnight how it feels, once', async () => {
    const { customer, ledger } = home();
    await customer.act(hours(49));
    await customer.act(hours(50));
    expect(ledger.filter(({ kind }) => kind === 'mood').map(({ at }) => at)).toEqual([instantOf(hours(24)), instantOf(hours(48))]);
  });
});
