import { describe, expect, it } from 'vitest';
import { Activity } from '../../../../infra/local/activity.ts';
import { admit } from '../../../../infra/local/broker/admission.ts';
import type { Identity } from '../../../../infra/local/broker/identity.ts';
import { readPolicy } from '../../../../infra/local/broker/policy.ts';
import { Session } from '../../../../infra/local/broker/session.ts';

const activity = new Activity();
const allowAll = { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: 'iot:Connect', Resource: '*' } };
const fridge = (certificateId: string) => ({ kind: 'thing', thing: 'fridge-anna', certificateId }) as const;
const app = (principalId: string) => ({ kind: 'app', principalId }) as const;

/** What happens to somebody who finds this identity connected under their client id, where the policies let everybody be everybody. */
const meeting = async (clientId: string, coming: Identity, present: Identity) => {
  const rival = new Session({ clientId, identity: present, decide: () => 'allow', activity });
  await admit(
    { cmd: 'connect', clientId },
    {
      proven: coming.kind === 'thing' ? coming : 'no certificate',
      thingPolicies: [readPolicy({ name: 'everybody', document: allowAll })],
      isRevoked: (certificateId) => certificateId === 'revoked',
      authorizeConnection: () =>
        Promise.resolve({
          ...{ isAuthenticated: true, principalId: coming.kind === 'app' ? coming.principalId : '' },
          ...{ disconnectAfterInSeconds: 300, refreshAfterInSeconds: 300, policyDocuments: [JSON.stringify(allowAll)] },
        }),
      present: () => rival,
      activity,
    },
  );
  return rival.disconnectReason;
};

// AWS hands a client id to whoever the policies let have it; here two identities never share one.
describe('a client id that is in use', () => {
  it('is handed to the same thing, also with another certificate, and to the same app', async () => {
    expect(await meeting('fridge-anna', fridge('new'), fridge('old'))).toBe('DUPLICATE_CLIENTID');
    expect(await meeting('app-1', app('anna'), app('anna'))).toBe('DUPLICATE_CLIENTID');
  });

  it.each<[string, string, Identity, Identity]>([
    ['a thing to an app', 'fridge-anna', app('anna'), fridge('old')],
    ['an app to a thing', 'app-1', { ...fridge('new'), thing: 'app-1' }, app('anna')],
    ['a thing to another', 'fridge-anna', { ...fridge('new'), thing: 'fridge-bert' }, fridge('old')],
    ['an app to another', 'app-1', app('bert'), app('anna')],
  ])('is not handed over by %s', async (_, clientId, coming, present) => {
    await expect(meeting(clientId, coming, present)).rejects.toMatchObject({ returnCode: 5 });
  });

  it('is not handed to a certificate that was revoked after it was shown', async () => {
    await expect(meeting('fridge-anna', fridge('revoked'), fridge('old'))).rejects.toThrow('revoked');
  });
});
