/** SES that does not take a letter now, or ever, or of which nobody knows: which letters come again, and that none comes twice. */
import { MessageRejected, SendEmailCommand, SESv2Client, TooManyRequestsException } from '@aws-sdk/client-sesv2';
import { mockClient } from 'aws-sdk-client-mock';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { handler as householdApi } from '../../../functions/household-api.ts';
import { handler as mailHousehold } from '../../../functions/mail-household.ts';
import { keys, kinds } from '../../../functions/runtime/aggregates.ts';
import { reachHousehold } from '../../../functions/runtime/outreach.ts';
import { load } from '../../../functions/runtime/store.ts';
import { MAIL_WORDING } from '../../../shared/journey/outreach/mail-wording.ts';
import { wishFor } from '../../shared/journey/outreach/outreach-examples.ts';
import { instantSchema } from '../../../shared/values.ts';
import { between, eventRecord, ofType, openWorld, work, type World } from '../harness.ts';
import { memberClaims, send } from '../http-call.ts';
import { anna, furnish, householdId } from '../kitchen.ts';

const ses = mockClient(SESv2Client);
const ADDRESS = 'anna@mail.example';
let world: World;
beforeEach(async () => {
  ses.reset();
  world = await openWorld();
  world.now = instantSchema.parse('2026-03-02T09:00:00.000Z');
  await furnish();
  await world.people.add({ memberId: anna, email: ADDRESS, name: 'Anna' });
  const body = { type: 'allow-mail', wordingVersion: MAIL_WORDING, language: 'de' };
  await send(householdApi, { method: 'POST', path: `/households/${householdId}/outreach`, claims: memberClaims(anna), body });
  await reachHousehold(wishFor({ householdId, wishedAt: world.now, purpose: 'service', channels: ['e-mail'] }));
});
afterEach(() => world.close());

const deliver = async () =>
  work(
    mailHousehold,
    ofType(await world.said(), 'outreach.sent').map((event) => eventRecord(event)),
  );
const states = async () =>
  (await load(kinds.outreach, keys.outreach(householdId)))?.state.reached.flatMap(({ mailed = [] }) => mailed.map(({ state }) => state));
const asked = () => ses.commandCalls(SendEmailCommand).length;
const failing = (status: number) => ({ message: `not now for ${ADDRESS}`, $metadata: { httpStatusCode: status } });

describe('SES', () => {
  it('that was throttled has taken nothing: the queue brings the letter again, once it is there it is there', async () => {
    ses
      .on(SendEmailCommand)
      .rejectsOnce(new TooManyRequestsException(failing(429)))
      .resolves({ MessageId: 'm-1' });
    expect(await deliver()).toHaveLength(1);
    expect(await states()).toEqual([]);
    expect([await deliver(), await deliver()]).toEqual([[], []]);
    expect([await states(), asked()]).toEqual([['sent'], 2]);
  });

  it.each([
    ['that refuses a letter is not asked again', new MessageRejected(failing(400)), 'refused'],
    ['whose line breaks may have taken it, so it is not asked again', Object.assign(new Error('socket hang up'), { name: 'TimeoutError' }), 'unknown'],
  ])('%s', async (_, error, state) => {
    ses.on(SendEmailCommand).rejects(error);
    expect([await deliver(), await deliver()]).toEqual([[], []]);
    expect([await states(), asked()]).toEqual([[state], 1]);
    expect(JSON.stringify(world.log)).not.toContain(ADDRESS);
  });

  it('that has taken a letter whose end could not be noted is not asked again', async () => {
    let isStoreGone = false;
    ses.on(SendEmailCommand).callsFake(() => {
      isStoreGone = true;
      return { MessageId: 'm-1' };
    });
    const lost = { status: 500, headers: { 'content-type': 'application/x-amz-json-1.0' }, body: '{"__type":"InternalServerError"}' };
    between((handle) => (request) => (isStoreGone && request.headers['x-amz-target']?.includes('PutItem') ? Promise.resolve(lost) : handle(request)));
    expect(await deliver()).toHaveLength(1);
    isStoreGone = false;
    expect([await deliver(), await states(), asked()]).toEqual([[], ['claimed'], 1]);
  });
});
