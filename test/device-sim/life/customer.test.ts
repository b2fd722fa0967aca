import { describe, expect, it } from 'vitest';
import { Customer } from '../../../device-sim/life/customer.ts';
import type { HomeDoors } from '../../../device-sim/life/customer-doors.ts';
import type { LifeLine } from '../../../device-sim/life/life-lines.ts';
import type { Reply } from '../../../device-sim/ask-api.ts';
import { duration, instantOf, millisOf } from '../../../shared/values.ts';
import { START } from '../../shared/supply/milk.ts';

const startsAt = millisOf(START);
const hours = (many: number) => startsAt + duration(many, 'hours');

/** A household before doors that note what was said there. */
function home({ seed = 1, promised = hours(2), isAway = false, isAnswered = true } = {}, past: readonly LifeLine[] = []) {
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
    caseStatus: () => reply(isAnswered ? 'answered' : 'open'),
    writeInCase: (caseId, content) => note('again', caseId, content),
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
    // Nothing but the survey tool's question, days later.
    expect(home({ seed }, after.ledger).customer.nextAt).toBeGreaterThan(hours(6 * 24));
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

describe('what people do who are not heard, or call', () => {
  const late = { ...delivered, at: instantOf(hours(60)) };
  const kindsOf = async (seed: number, isAnswered: boolean) => {
    const { customer, ledger, said } = home({ seed, isAnswered });
    await customer.hear(late, hours(60));
    for (let hour = 61; hour < 60 + 20 * 24; hour += 6) await customer.act(hours(hour));
    return { ledger, doors: said.map(({ door }) => door), customer };
  };

  it('asks twice whether anybody is there, feels worse each time, and gives up', async () => {
    const seed = await firstSeed(async (one) => (await kindsOf(one, false)).doors.includes('open'));
    const { ledger, doors } = await kindsOf(seed, false);
    expect(doors.filter((door) => door === 'open' || door === 'again' || door === 'solve')).toEqual(['open', 'again', 'again']);
    expect(ledger.filter((line) => line.kind === 'felt' && line.messageId.startsWith('unanswered')).map((line) => line.kind === 'felt' && line.by < 0)).toEqual(
      [true, true, true],
    );
  });

  it('calls instead of writing, and is glad once it is solved', async () => {
    const seed = await firstSeed(async (one) => (await kindsOf(one, true)).ledger.some(({ kind }) => kind === 'called'));
    const { ledger, doors } = await kindsOf(seed, true);
    expect(doors).not.toContain('open');
    const call = ledger.find((line) => line.kind === 'called');
    expect(call?.kind === 'called' && call.answered < call.solved).toBe(true);
    expect(ledger.filter((line) => line.kind === 'felt').at(-1)).toMatchObject({ messageId: call?.kind === 'called' ? `solved ${call.callId}` : '' });
  });

  it('tells the survey tool now and then, each round once, after a restart too', async () => {
    const before = home();
    for (let day = 1; day < 60; day += 1) await before.customer.act(hours(day * 24));
    const rounds = before.ledger.flatMap((line) => (line.kind === 'done' && line.what.startsWith('panel ') ? [line.what] : []));
    expect(rounds).toEqual(['panel 0', 'panel 1', 'panel 2'].slice(0, rounds.length));
    expect(rounds.length).toBeGreaterThan(1);
    const after = home({}, before.ledger);
    await after.customer.act(hours(59 * 24));
    expect(after.ledger).toEqual(before.ledger);
  });
});
