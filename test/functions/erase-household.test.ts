/** Being forgotten: nothing of the household is left but what the law keeps, whatever crashes on the way, and nobody else loses anything. */
import { AdminCreateUserCommand, AdminGetUserCommand, CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { handler as eraseHousehold } from '../../functions/erase-household.ts';
import { handler as householdApi } from '../../functions/household-api.ts';
import { householdPk, keys, kinds, type StoredOrder } from '../../functions/runtime/aggregates.ts';
import { readItems } from '../../functions/runtime/partition.ts';
import { environment } from '../../functions/runtime/environment.ts';
import { change, createOnce, load } from '../../functions/runtime/store.ts';
import { memberSchema } from '../../shared/household/household.ts';
import { ignored, orderIdSchema } from '../../shared/values.ts';
import { between, dueRecord, eventRecord, ofType, openWorld, tell, work, type World } from './harness.ts';
import { caseIdIn, everythingStored, plantEverything, type Planted } from './everything-held.ts';
import { memberClaims, send } from './http-call.ts';

let world: World;
let anna: Planted;
let eve: Planted;
beforeEach(async () => {
  world = await openWorld();
  anna = await plantEverything('anna', 'MARKER-A');
  eve = await plantEverything('eve', 'MARKER-E');
});
afterEach(() => world.close());

const path = () => `/households/${anna.householdId}/erasure`;
const plan = (claims = memberClaims(anna.owner)) => send(householdApi, { method: 'GET', path: path(), claims });
const request = (householdName = 'MARKER-A-household', claims = memberClaims(anna.owner)) =>
  send(householdApi, { method: 'POST', path: path(), claims, body: { householdName } });
const asked = async () => {
  const [event] = ofType(await world.said(), 'household.erasure-requested');
  if (event === undefined) throw new Error('expected a request');
  return eventRecord(event);
};
const erasure = async () => (await load(kinds.erasure, keys.erasure(anna.householdId)))?.state;
const setOrder = (status: 'shipped' | 'delivered') =>
  change(kinds.order, keys.order(anna.householdId, orderIdSchema.parse('ord_anna')), (stored: StoredOrder | undefined) =>
    stored === undefined ? ignored('none') : { kind: 'changed', state: { ...stored, order: { ...stored.order, status } as StoredOrder['order'] }, events: [] },
  );

const setCase = (status: 'reopened') =>
  change(kinds.case, keys.case(anna.householdId, caseIdIn(anna.householdId)), (known) =>
    known === undefined ? ignored('none') : { kind: 'changed', state: { ...known, status }, events: [] },
  );
const setTold = (told: number) =>
  change(kinds.contractWithdrawal, keys.contractWithdrawal(anna.householdId, orderIdSchema.parse('ord_anna')), (known) =>
    known === undefined ? ignored('none') : { kind: 'changed', state: { ...known, told }, events: [] },
  );

describe('what would happen', () => {
  it('is said before: what goes, and what the law keeps until when', async () => {
    expect(await plan()).toMatchObject({
      status: 200,
      body: {
        name: 'MARKER-A-household',
        goes: { members: 1, devices: 1, orders: 1 },
        stays: { vouchers: 1, until: '2035-01-01T00:00:00.000Z' },
        onTheirWay: [],
      },
    });
  });

  it('is refused without the name, to anybody but an owner, and while something is on its way', async () => {
    expect(await request('Anna')).toMatchObject({ status: 422, body: { title: 'another-name' } });
    expect((await request('MARKER-A-household', memberClaims(eve.owner))).status).toBe(404);
    await setOrder('shipped');
    expect((await plan()).body['onTheirWay']).toMatchObject([{ orderId: 'ord_anna', status: 'shipped' }]);
    expect(await request()).toMatchObject({ status: 409, body: { title: 'orders-on-their-way' } });
    expect(await erasure()).toBeUndefined();
  });

  it('is refused while somebody waits for an answer, until they say themselves that it is solved', async () => {
    await setCase('reopened');
    expect((await plan()).body['unsolved']).toEqual([{ caseId: 'case_anna', kind: 'damaged', about: { kind: 'order', orderId: 'ord_anna' } }]);
    expect(await request()).toMatchObject({ status: 409, body: { title: 'cases-unsolved' } });
    expect(await erasure()).toBeUndefined();
    const solved = { method: 'POST', path: `/households/${anna.householdId}/cases/case_anna/solve`, claims: memberClaims(anna.owner), body: {} } as const;
    expect((await send(householdApi, solved)).status).toBe(200);
    expect(await request()).toMatchObject({ status: 200, body: { status: 'erasing' } });
  });

  it('is refused in the seconds in which a shop has not heard of a withdrawal', async () => {
    await setTold(0);
    expect(await request()).toMatchObject({ status: 409, body: { title: 'withdrawals-untold' } });
    await setTold(1);
    expect((await request()).status).toBe(200);
  });
});

describe('an erasure', () => {
  it('leaves nothing of the household but a voucher without a name, and of another household everything', async () => {
    const before = await everythingStored();
    expect(await request()).toMatchObject({ status: 200, body: { status: 'erasing' } });
    await tell(eraseHousehold, await asked());
    const after = await everythingStored();
    expect(after).not.toContain('MARKER-A');
    expect(after.match(/MARKER-E/g)?.length).toBe(before.match(/MARKER-E/g)?.length);
    expect((await readItems({ table: 'HOUSEHOLDS_TABLE', pk: householdPk(anna.householdId) }, undefined, 10)).map(({ sk }) => sk)).toEqual(['ERASURE']);
    expect(await erasure()).toMatchObject({ status: 'erased', erasedAt: world.now });
    const voucher = await load(kinds.voucher, keys.voucher(orderIdSchema.parse('ord_anna')));
    expect(voucher?.state).toMatchObject({ total: { amountMinor: 766 }, keepUntil: '2035-01-01T00:00:00.000Z' });
    expect(JSON.stringify(voucher)).not.toMatch(/hh_anna|mem_anna|Adler|Gasse/);
    expect(ofType(await world.said(), 'household.erased')).toHaveLength(1);
    // Neither in what it said to anybody, nor in what it logged, nor in a shadow.
    const said = (await world.said()).filter(({ type }) => type.startsWith('household.eras'));
    expect(JSON.stringify([said, world.log, await world.taken('erase-household')])).not.toContain('MARKER-A');
    expect((await plan()).status).toBe(404);
  });

  it('takes the accounts of whoever lives nowhere else, and leaves the others theirs', async () => {
    const people = new CognitoIdentityProviderClient({});
    const at = { UserPoolId: environment('USER_POOL_ID') };
    const UserAttributes = (name: string) => [{ Name: 'email', Value: `${name}@example.org` }];
    for (const name of ['anna', 'ben']) await people.send(new AdminCreateUserCommand({ ...at, Username: `mem_${name}`, UserAttributes: UserAttributes(name) }));
    const ben = memberSchema.parse({ householdId: anna.householdId, memberId: 'mem_ben', name: 'Ben', role: 'adult', joinedAt: world.now });
    for (const { householdId } of [anna, eve]) {
      await createOnce(kinds.member, keys.member(householdId, ben.memberId), { ...ben, householdId });
      await createOnce(kinds.membership, keys.membership(ben.memberId, householdId), { memberId: ben.memberId, householdId });
    }
    await request();
    await tell(eraseHousehold, await asked());
    await expect(people.send(new AdminGetUserCommand({ ...at, Username: 'mem_anna' }))).rejects.toThrow('User does not exist');
    expect((await people.send(new AdminGetUserCommand({ ...at, Username: 'mem_ben' }))).Username).toBe('mem_ben');
  });

  it('asked for twice, or told twice, is one', async () => {
    await request();
    await request();
    const record = await asked();
    await tell(eraseHousehold, record);
    await tell(eraseHousehold, record);
    expect(ofType(await world.said(), 'household.erased')).toHaveLength(1);
  });

  it('that slipped past an order waits for it, and still lets nobody in meanwhile', async () => {
    await request();
    await setOrder('shipped');
    await tell(eraseHousehold, await asked());
    expect(await erasure()).toMatchObject({ status: 'erasing' });
    expect((await load(kinds.household, keys.household(anna.householdId)))?.state.address.street).toBe('Gasse 1');
    expect((await plan()).status).toBe(404);
    await setOrder('delivered');
    world.wait(2, 'minutes');
    await tell(eraseHousehold, dueRecord(keys.erasure(anna.householdId), world.now));
    expect(await everythingStored()).not.toContain('MARKER-A');
  });

  it('that slipped past a withdrawal waits until its shop has heard of it', async () => {
    await request();
    await setTold(0);
    await tell(eraseHousehold, await asked());
    expect(await erasure()).toMatchObject({ status: 'erasing' });
    await setTold(1);
    world.wait(2, 'minutes');
    await tell(eraseHousehold, dueRecord(keys.erasure(anna.householdId), world.now));
    expect(await everythingStored()).not.toContain('MARKER-A');
  });

  it('sweeps once more when the last message of that time has ended, unless somebody has begun anew', async () => {
    await request();
    await tell(eraseHousehold, await asked());
    const late = await plantEverything('anna', 'LATE');
    await change(kinds.household, keys.household(late.householdId), (household) =>
      household === undefined ? ignored('none') : { kind: 'changed', state: { ...household, createdAt: household.createdAt }, events: [] },
    );
    world.wait(16, 'days');
    await tell(eraseHousehold, dueRecord(keys.erasure(anna.householdId), world.now));
    expect(await everythingStored()).not.toContain('LATE');
    expect(await erasure()).toMatchObject({ status: 'swept' });
  });
});

/** Nothing that the SDK would try again. */
const gone = {
  status: 400,
  headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amzn-errortype': 'AccessDeniedException' },
  body: Buffer.from('{"__type":"AccessDeniedException"}'),
};

describe('a crash', () => {
  it('after any call to the store or the broker is finished by the repeat, with nothing left and nothing lost of others', async () => {
    await request();
    const record = await asked();
    const before = await everythingStored();
    let calls = 0;
    let lastCall = Infinity;
    for (const service of ['dynamodb', 'iot-data'] as const) {
      between(
        (handle) => async (call) => {
          calls += 1;
          // The last call is carried out, and whoever made it never hears so; then the machine is gone.
          const answer = calls <= lastCall ? await handle(call) : undefined;
          return calls < lastCall && answer !== undefined ? answer : gone;
        },
        service,
      );
    }
    let crashes = 0;
    for (lastCall = 1; (await work(eraseHousehold, [record])).length > 0; lastCall += 1, calls = 0) crashes += 1;
    expect(crashes).toBeGreaterThan(15);
    lastCall = Infinity;
    await tell(eraseHousehold, record);
    const after = await everythingStored();
    expect(after).not.toContain('MARKER-A');
    expect(after.match(/MARKER-E/g)?.length).toBe(before.match(/MARKER-E/g)?.length);
    expect(await load(kinds.voucher, keys.voucher(orderIdSchema.parse('ord_anna')))).toBeDefined();
    expect(ofType(await world.said(), 'household.erased')).toHaveLength(1);
  }, 60_000);
});
