import { describe, expect, it } from 'vitest';
import { Activity } from '../../../../infra/local/activity.ts';
import { admit } from '../../../../infra/local/broker/admission.ts';
import type { Identity } from '../../../../infra/local/broker/identity.ts';
import { Session } from '../../../../infra/local/broker/session.ts';

const fridge = (certificateId: string) => ({ kind: 'thing', thing: 'fridge-anna', certificateId }) as const;
const activity = new Activity();
/** What happens to a fridge that finds this identity connected under its client id. */
const meeting = async (present: Identity) => {
  const rival = new Session('fridge-anna', present, activity);
  const authorizeMember = () => Promise.resolve(undefined);
  await admit({ cmd: 'connect', clientId: 'fridge-anna' }, { proven: fridge('new'), authorizeMember, present: () => rival, activity });
  return rival.disconnectReason;
};

// Policies of the template could let two identities use one client id; the table of today does not.
describe('a client id that is in use', () => {
  it('is handed to the same thing, also with another certificate', async () => {
    expect(await meeting(fridge('old'))).toBe('DUPLICATE_CLIENTID');
  });

  it.each<Identity>([
    { kind: 'member', memberId: 'mem_anna', householdId: 'hh_anna' },
    { kind: 'thing', thing: 'fridge-bert', certificateId: 'new' },
  ])('is not handed over by $kind', async (present) => {
    await expect(meeting(present)).rejects.toMatchObject({ returnCode: 5 });
  });
});
