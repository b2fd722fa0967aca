/** Reaching a household beyond its orders, over the real store: capped whoever sends at once, noted once, brought to the right screen. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { handler as notify } from '../../functions/notify-household.ts';
import { handler as runAutomation } from '../../functions/run-automation.ts';
import { keys, kinds } from '../../functions/runtime/aggregates.ts';
import { reachHousehold } from '../../functions/runtime/outreach.ts';
import { change, createOnce, load } from '../../functions/runtime/store.ts';
import { handler as householdApi } from '../../functions/household-api.ts';
import { readScreen } from '../../functions/update-display/read-screen.ts';
import { handler as updateDisplay } from '../../functions/update-display.ts';
import { decideOutreach } from '../../shared/journey/outreach/decide-outreach.ts';
import { touchpointOf } from '../../shared/journey/touchpoint.ts';
import { householdMessageSchema } from '../../shared/journey/message.ts';
import type { Wish } from '../../shared/journey/outreach/wish.ts';
import { caseSchema } from '../../shared/support/case.ts';
import { caseIdSchema, ignored, instantSchema } from '../../shared/values.ts';
import { wishFor } from '../shared/journey/outreach/outreach-examples.ts';
import { memberClaims, send } from './http-call.ts';
import { dueRecord, eventRecord, ofType, openWorld, tell, type World } from './harness.ts';
import { anna, fridge, furnish, householdId } from './kitchen.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
  // Ten in the morning in Berlin.
  world.now = instantSchema.parse('2026-03-02T09:00:00.000Z');
  await furnish();
});
afterEach(() => world.close());

const wish = (over: Partial<Wish> = {}) => wishFor({ householdId, wishedAt: world.now, ...over });
const outreach = async () => (await load(kinds.outreach, keys.outreach(householdId)))?.state;
const sentEvents = async () => ofType(await world.said(), 'outreach.sent');

describe('two senders at the same moment', () => {
  it('cannot break the cap of a day', async () => {
    const wishes = ['a', 'b', 'c', 'd'].map((wishId) => wish({ wishId }));
    const verdicts = await Promise.all(wishes.map((one) => reachHousehold(one)));
    expect(verdicts.filter((verdict) => 'send' in verdict)).toEqual([{ send: 'app' }]);
    expect(verdicts.filter((verdict) => 'wait' in verdict)).toHaveLength(3);
    expect((await outreach())?.reached).toHaveLength(1);
  });

  it('say the same thing once', async () => {
    const verdicts = await Promise.all([reachHousehold(wish()), reachHousehold(wish()), reachHousehold(wish())]);
    expect(verdicts).toEqual([{ send: 'app' }, { send: 'app' }, { send: 'app' }]);
    expect(await sentEvents()).toHaveLength(1);
  });
});

describe('what passes', () => {
  it('is told in the app in both languages, under the same id however often', async () => {
    await reachHousehold(wish());
    const [event] = await sentEvents();
    if (event === undefined) throw new Error('expected an event');
    await tell(notify, eventRecord(event), eventRecord(event));
    const messages = world.published.filter(({ topic }) => topic.endsWith('/messages')).map(({ payload }) => householdMessageSchema.parse(payload));
    expect(messages).toHaveLength(2);
    expect(messages[0]).toEqual(messages[1]);
    expect(messages[0]).toMatchObject({ kind: 'outreach', title: 'Noch einmal?', words: { en: { title: 'Once more?' } } });
  });

  it('goes to the fridge’s door when that is where it was to go, and not to the app as well', async () => {
    await change(kinds.device, keys.device(householdId, fridge), (device) =>
      device === undefined ? ignored('no fridge') : { kind: 'changed', state: { ...device, presence: { connected: true, since: world.now } }, events: [] },
    );
    expect(await reachHousehold(wish({ channels: ['fridge', 'app'] }))).toEqual({ send: 'fridge' });
    const [event] = await sentEvents();
    if (event === undefined) throw new Error('expected an event');
    await tell(notify, eventRecord(event));
    await tell(updateDisplay, eventRecord(event));
    expect(world.published.filter(({ topic }) => topic.endsWith('/messages'))).toEqual([]);
    expect((await load(kinds.notes, keys.notes(householdId)))?.state.notes.map(({ title, on }) => [title, on])).toEqual([['Noch einmal?', 'fridge']]);
    // Not on a TV that stands beside it, neither now nor when it asks what it missed.
    const notesOn = async (type: 'fridge' | 'tv') => (await readScreen(householdId, type)).notes.map(({ title }) => title);
    expect([await notesOn('fridge'), await notesOn('tv')]).toEqual([['Noch einmal?'], []]);
  });
});

describe('a watch', () => {
  const watch = (may: boolean) =>
    send(householdApi, { method: 'POST', path: `/households/${householdId}/outreach`, claims: memberClaims(anna), body: { type: 'watch', may } });

  it('is told something short through its phone, named for whoever wears it, and only while somebody does', async () => {
    const long = { title: 'Noch einmal dieselbe Milch wie in der letzten Woche?', text: 'Ihr habt sie dreimal von Hand gekauft. '.repeat(4) };
    const asked = (wishId: string) => wish({ wishId, channels: ['watch', 'app'], words: { de: long, en: long } });
    expect(await watch(true)).toMatchObject({ status: 200, body: { watches: [anna] } });
    expect(await reachHousehold(asked('watch:1'))).toEqual({ send: 'watch' });
    const [event] = await sentEvents();
    if (event === undefined) throw new Error('expected an event');
    await tell(notify, eventRecord(event));
    const message = householdMessageSchema.parse(world.published.find(({ topic }) => topic.endsWith('/messages'))?.payload);
    expect(message).toMatchObject({ watch: [anna], title: 'Noch einmal dieselbe Milch wie in der…' });
    expect(message.words?.de.text.length).toBeLessThanOrEqual(80);
    // In the journey it is what the phone pushed.
    expect(touchpointOf(event, event.time)).toMatchObject({ channel: 'push' });
    await watch(false);
    world.wait(2, 'days');
    expect(await reachHousehold(asked('watch:2'))).toEqual({ send: 'app' });
  });
});

describe('what was put off', () => {
  const openCase = () =>
    createOnce(
      kinds.case,
      keys.case(householdId, caseIdSchema.parse('case_1')),
      caseSchema.parse({
        ...{
          caseId: 'case_1',
          householdId,
          about: { kind: 'device', thing: fridge },
          kind: 'other',
          status: 'open',
          openedAt: world.now,
          changedAt: world.now,
        },
        messages: [{ noteId: 'note_1', by: { kind: 'member', memberId: anna }, at: world.now, text: 'Nothing comes.' }],
      }),
    );

  it('comes by itself once the trouble is over, and never after a stop', async () => {
    await openCase();
    expect(await reachHousehold(wish(), { keep: true })).toMatchObject({ because: 'open-case' });
    world.wait(1, 'days');
    const due = () => tell(runAutomation, dueRecord(keys.outreach(householdId), world.now));
    await due();
    expect([(await outreach())?.waiting.length, (await sentEvents()).length]).toEqual([1, 0]);
    await change(kinds.case, keys.case(householdId, caseIdSchema.parse('case_1')), (one) =>
      one === undefined ? ignored('none') : { kind: 'changed', state: { ...one, status: 'solved' as const }, events: [] },
    );
    world.wait(1, 'days');
    await due();
    expect([(await outreach())?.waiting.length, (await sentEvents()).length]).toEqual([0, 1]);
  });

  it('is dropped by a stop at once', async () => {
    await openCase();
    await reachHousehold(wish(), { keep: true });
    await change(kinds.outreach, keys.outreach(householdId), (before) =>
      decideOutreach(before, householdId, { type: 'stop', kind: 'all', memberId: anna }, world.now),
    );
    expect((await outreach())?.waiting).toEqual([]);
    expect(await reachHousehold(wish({ wishId: 'w-2', purpose: 'order', urgent: true }))).toEqual({ no: true, because: 'stopped-all' });
  });
});
