/** What CRM and survey tools call: signed, in a form of their own, mapped by data, and kept once. */
import { Webhook } from 'standardwebhooks';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { handler } from '../../functions/collect-touchpoints.ts';
import { kinds } from '../../functions/runtime/aggregates.ts';
import { list } from '../../functions/runtime/store.ts';
import { START } from '../shared/supply/milk.ts';
import { openWorld, type World } from './harness.ts';
import { memberClaims, operator, send } from './http-call.ts';
import { anna, furnish, householdId } from './kitchen.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
  await furnish();
  world.wait(1, 'hours');
});
afterEach(() => world.close());

const put = async (sourceId: string, webhook: object) => {
  const body = { name: sourceId, channel: 'survey', webhook };
  expect(await send(handler, { method: 'PUT', path: `/sources/${sourceId}`, claims: operator, body })).toMatchObject({ status: 200 });
};
const secretsOf = async (sourceId: string): Promise<string[]> => {
  const { body } = await send(handler, { method: 'GET', path: `/sources/${sourceId}/secrets`, claims: operator });
  return z.array(z.string()).parse(body['secrets']);
};
const call = async (sourceId: string, body: unknown, { secret, id = 'msg-1' }: { secret?: string | undefined; id?: string } = {}) => {
  const text = JSON.stringify(body);
  const at = new Date();
  const key = secret ?? (await secretsOf(sourceId))[0] ?? '';
  const signature = new Webhook(key).sign(id, at, text);
  const headers = { 'webhook-id': id, 'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)), 'webhook-signature': signature };
  return send(handler, { method: 'POST', path: `/v1/webhooks/${sourceId}`, headers, body: text });
};
const ofAnna = async () => (await list(kinds.touchpoint, `HH#${householdId}`, 'TP#')).map(({ state }) => state);
const answer = { answerId: 'a-1', metric: 'NPS', score: 3, answeredAt: START, householdId, question: 'Would you recommend us?' };

describe('an answer to a survey', () => {
  it('becomes a touchpoint that says how somebody felt, and how we know; its repeat changes nothing', async () => {
    await put('src_survey', { mapping: 'survey-answer' });
    expect(await call('src_survey', answer)).toMatchObject({ status: 200, body: { stored: 1 } });
    expect(await call('src_survey', answer, { id: 'msg-2' })).toMatchObject({ status: 200, body: { repeated: 1 } });
    expect(await ofAnna()).toMatchObject([
      {
        ...{ type: 'Survey Answered', source: 'src_survey', channel: 'survey', phase: 'loyalty', at: START },
        ...{ sentiment: { value: -0.571, source: 'nps', confidence: 0.8 }, properties: { metric: 'NPS', score: 3 } },
      },
    ]);
  });

  it('that is off its scale is refused, noted, and does not take the others with it', async () => {
    await put('src_survey', { mapping: 'survey-answer', list: 'answers' });
    const { body } = await call('src_survey', { answers: [{ ...answer, score: 11 }, answer, { ...answer, answerId: 'a-2', householdId: 'hh_nobody' }] });
    expect(body).toMatchObject({
      stored: 1,
      refused: [
        { index: 0, reason: 'survey: "11" is no answer on the scale' },
        { index: 2, reason: 'there is no such household' },
      ],
    });
    const noted = await send(handler, { method: 'GET', path: '/sources/src_survey/refused', claims: operator });
    expect(noted.body['refused']).toHaveLength(2);
  });
});

it('a case and a call of the CRM become touchpoints of the call centre and of support', async () => {
  await put('src_crm', { mapping: 'crm-case' });
  await put('src_calls', { mapping: 'call-log' });
  await call('src_crm', { caseId: 'c-7', change: 'opened', at: START, topic: 'late', householdId });
  await call('src_crm', { caseId: 'c-7', change: 'solved', at: START, topic: 'late', householdId }, { id: 'msg-2' });
  await call('src_calls', { callId: 'call-1', startedAt: START, direction: 'in', minutes: 12, householdId });
  expect((await ofAnna()).map(({ type, channel, initiator }) => [type, channel, initiator]).sort()).toEqual([
    ['Case Opened', 'crm', 'customer'],
    ['Case Solved', 'crm', 'company'],
    ['Support Called', 'call-centre', 'customer'],
  ]);
});

describe('the key', () => {
  it('of a source signs for it alone; another generation is another key, and the one before is good while both sides change over', async () => {
    await put('src_crm', { mapping: 'crm-case' });
    await put('src_survey', { mapping: 'survey-answer' });
    const [first] = await secretsOf('src_survey');
    expect((await call('src_survey', answer, { secret: (await secretsOf('src_crm'))[0] })).status).toBe(401);
    await put('src_survey', { mapping: 'survey-answer', generation: 2, alsoBefore: true });
    expect((await call('src_survey', answer, { secret: first })).status).toBe(200);
    await put('src_survey', { mapping: 'survey-answer', generation: 2 });
    expect((await call('src_survey', answer, { secret: first })).status).toBe(401);
    expect((await call('src_survey', answer)).status).toBe(200);
    expect((await send(handler, { method: 'GET', path: '/sources/src_survey/secrets', claims: memberClaims(anna) })).status).toBe(403);
  });

  it('does not open a source that has no webhook, or is not there', async () => {
    await send(handler, { method: 'PUT', path: '/sources/src_plain', claims: operator, body: { name: 'Plain' } });
    await put('src_survey', { mapping: 'survey-answer' });
    const [secret] = await secretsOf('src_survey');
    for (const sourceId of ['src_plain', 'src_nobody', 'nonsense']) expect((await call(sourceId, answer, { secret })).status).toBe(401);
    expect(await ofAnna()).toEqual([]);
  });
});
