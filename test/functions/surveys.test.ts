/** A household is asked how it went and answers in one tap, over the real store. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { handler } from '../../functions/household-api.ts';
import { handler as recordTouchpoint } from '../../functions/record-touchpoint.ts';
import { handler as runAutomation } from '../../functions/run-automation.ts';
import { keys, kinds } from '../../functions/runtime/aggregates.ts';
import { change, list } from '../../functions/runtime/store.ts';
import { handler as updateDisplay } from '../../functions/update-display.ts';
import type { Display } from '../../shared/device/display.ts';
import { eventEnvelopeSchema, type EventEnvelope } from '../../shared/events.ts';
import { noPrivacyYet } from '../../shared/household/privacy.ts';
import { touchpointOf } from '../../shared/journey/touchpoint.ts';
import { eventRecord, openWorld, tell, type World } from './harness.ts';
import { memberClaims, send } from './http-call.ts';
import { anna, fridge, furnish, guest, householdId } from './kitchen.ts';
import { accepted, addDevice, tv } from './screens.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
  await furnish();
});
afterEach(() => world.close());

const home = `/households/${householdId}`;
const as = (who: string) => (method: string, path: string, body?: unknown) =>
  send(handler, { method, path, claims: memberClaims(who), ...(body !== undefined && { body }) });
const byAnna = as(anna);
const waiting = async (who = anna) =>
  z.object({ survey: z.looseObject({ surveyId: z.string(), kind: z.string() }).optional() }).parse((await as(who)('GET', `${home}/survey`)).body).survey;
const delivered = (order: string): EventEnvelope =>
  eventEnvelopeSchema.parse({
    ...{
      specversion: '1.0',
      id: `HH#${householdId}/ORDER#ord_${order}/9/0`,
      source: 'nachschub',
      subject: `HH#${householdId}/ORDER#ord_${order}`,
      time: world.now,
    },
    ...{
      type: 'order.delivered',
      data: { householdId, orderId: `ord_${order}`, retailerId: 'rt_frischhof', lines: [], total: { amountMinor: 500, currency: 'EUR' } },
    },
  });
const saidOfSurveys = async () => (await world.said()).filter(({ type }) => type.startsWith('survey.'));

const consent = (wordingVersion: string) =>
  change(kinds.privacy, keys.privacy(householdId), (privacy) => {
    const entry = { purpose: 'optional-telemetry', answer: 'given', wordingVersion, language: 'de', at: world.now, memberId: anna, screen: 'app' } as const;
    const { answers, ...rest } = privacy ?? noPrivacyYet(householdId);
    return { kind: 'changed', state: { ...rest, answers: [...answers, entry] }, events: [] };
  });

describe('on the TV', () => {
  const shown = () => (accepted(world, tv).at(-1) as { state?: { desired?: Partial<Display> } } | undefined)?.state?.desired?.question;
  const shows = async () => {
    const said = await saidOfSurveys();
    await tell(updateDisplay, ...said.map((event) => eventRecord(event)));
    return shown();
  };

  it('the question waits only under a yes that names it, and goes with its answer by remote control', async () => {
    await addDevice(tv, 'tv');
    await consent('2026-11');
    await tell(runAutomation, eventRecord(delivered('a')));
    expect(await shows()).toBeUndefined();
    const path = `${home}/surveys/${(await waiting())?.surveyId ?? ''}`;
    const pressed = { answer: 'score', score: 5, screen: 'tv' };
    expect(await byAnna('POST', path, pressed)).toMatchObject({ status: 409 });
    await consent('2026-11-2');
    expect(await shows()).toMatchObject({ text: 'Wie war die letzte Lieferung?', from: 1, to: 5, language: 'de' });
    expect(accepted(world, fridge)).toEqual([]);
    expect(await byAnna('POST', path, pressed)).toMatchObject({ status: 200, body: { status: 'answered', score: 5 } });
    expect(await shows()).toBeUndefined();
    expect((await saidOfSurveys()).map((event) => touchpointOf(event, world.now)).map((one) => one && [one.type, one.channel])).toEqual([
      ['survey.asked', 'app'],
      ['survey.answered', 'tv'],
    ]);
    // One in a fortnight, wherever it was answered.
    world.wait(13, 'days');
    await tell(runAutomation, eventRecord(delivered('b')));
    expect(await saidOfSurveys()).toHaveLength(2);
  });
});

describe('a household', () => {
  it('is asked once after a delivery that was told twice, and its first tap counts', async () => {
    const event = delivered('a');
    await tell(runAutomation, eventRecord(event));
    await tell(runAutomation, eventRecord(event));
    const survey = await waiting();
    expect(survey).toMatchObject({ kind: 'csat', orderId: 'ord_a', status: 'open' });
    const path = `${home}/surveys/${survey?.surveyId ?? ''}`;
    expect(await byAnna('POST', path, { answer: 'score', score: 4 })).toMatchObject({ status: 200, body: { status: 'answered', score: 4 } });
    expect(await byAnna('POST', path, { answer: 'score', score: 1 })).toMatchObject({ status: 200, body: { score: 4 } });
    expect(await byAnna('POST', path, { answer: 'skip' })).toMatchObject({ status: 200, body: { score: 4 } });
    expect(await waiting()).toBeUndefined();
    expect((await saidOfSurveys()).map(({ type }) => type)).toEqual(['survey.asked', 'survey.answered']);
  });

  it('tells the journey what it answered, about what and how that felt', async () => {
    await tell(runAutomation, eventRecord(delivered('a')));
    await byAnna('POST', `${home}/surveys/${(await waiting())?.surveyId ?? ''}`, { answer: 'score', score: 1 });
    for (const event of await saidOfSurveys()) {
      await tell(recordTouchpoint, eventRecord(event));
      await tell(recordTouchpoint, eventRecord(event));
    }
    const touchpoints = (await list(kinds.touchpoint, `HH#${householdId}`, 'TP#')).map(({ state }) => state);
    expect(touchpoints).toHaveLength(2);
    const answered = touchpoints.find(({ type }) => type === 'survey.answered');
    expect(answered).toMatchObject({ channel: 'app', initiator: 'customer', phase: 'logistics', orderId: 'ord_a', ids: [{ type: 'userId', value: anna }] });
    expect(answered?.sentiment).toEqual({ value: -1, source: 'csat', confidence: 0.9 });
    const asked = touchpoints.find(({ type }) => type === 'survey.asked');
    expect(asked?.sentiment).toBeUndefined();
    // For a tool that asks by mail.
    expect(asked?.properties).toMatchObject({ kind: 'csat', surveyId: expect.stringMatching(/^svy_/) as unknown });
  });

  it('asks no guest, and takes no answer of one', async () => {
    await tell(runAutomation, eventRecord(delivered('a')));
    const survey = await waiting();
    expect(await waiting(guest)).toBeUndefined();
    expect(await as(guest)('POST', `${home}/surveys/${survey?.surveyId ?? ''}`, { answer: 'skip' })).toMatchObject({ status: 403 });
  });

  it('is refused what is not on the scale, what was never asked, and text', async () => {
    await tell(runAutomation, eventRecord(delivered('a')));
    const path = `${home}/surveys/${(await waiting())?.surveyId ?? ''}`;
    expect(await byAnna('POST', path, { answer: 'score', score: 9 })).toMatchObject({ status: 409 });
    expect(await byAnna('POST', path, { answer: 'score', score: 3, text: 'It was …' })).toMatchObject({ status: 400 });
    expect(await byAnna('POST', `${home}/surveys/svy_none`, { answer: 'skip' })).toMatchObject({ status: 404 });
    expect((await saidOfSurveys()).map(({ type }) => type)).toEqual(['survey.asked']);
  });
});
