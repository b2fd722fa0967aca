/** A CRM hears of a lead by signed webhook, with the form's own id, and after a no only that it said no. */
import { expect, it } from 'vitest';
import { handler as deliverSubscription } from '../../functions/deliver-subscription.ts';
import { handler as updateJourney } from '../../functions/update-journey.ts';
import { leadIdOf } from '../../shared/journey/lead/lead-id.ts';
import { context, eventRecord, tell } from './harness.ts';
import { Subscribed } from './subscribed.ts';

const address = `hidden:${'c'.repeat(40)}`;
const leadId = leadIdOf(`email:${address}`);
const theirs = { householdId: undefined, ids: [{ type: 'email', value: address }] };

it('is told how a lead began and ended, once, and nothing that it was said to before a no', async () => {
  const s = await Subscribed.open();
  const said = async () => (await s.world.said()).filter(({ type }) => type.startsWith('lead.'));
  await s.subscribe({ filter: { types: ['lead.*'] } });
  await s.happen('form-17', { ...theirs, type: 'Callback Requested' });
  await updateJourney({ Records: await s.news() }, context);
  const [begun] = await said();
  if (begun === undefined) throw new Error('expected a lead');
  await tell(deliverSubscription, eventRecord(begun), eventRecord(begun));
  const form = { source: 'src_web', messageId: 'form-17', type: 'Callback Requested', channel: 'web' };
  expect(s.said()).toMatchObject([{ type: 'lead.generated', data: { leadId, ...form } }]);
  expect(s.receiver.heard.map(({ isVerified }) => isVerified)).toEqual([true]);

  s.receiver.status = 503;
  const handedOver = {
    ...begun,
    id: `${begun.id}-2`,
    type: 'lead.handed-over',
    data: { leadId, type: form.type, channel: 'web', because: 'wants a call' },
  } as const;
  await tell(deliverSubscription, eventRecord(handedOver));
  s.world.wait(1, 'hours');
  await s.happen('no', { ...theirs, type: 'Unsubscribed' });
  await updateJourney({ Records: await s.news() }, context);
  s.receiver.status = 204;
  s.receiver.heard.length = 0;
  await s.whatIsDue();
  const lost = (await said()).at(-1);
  expect(lost).toMatchObject({ type: 'lead.lost', data: { leadId, reason: 'said-no' } });
  if (lost !== undefined) await tell(deliverSubscription, eventRecord(lost));
  expect(s.said().map(({ type }) => type)).toEqual(['lead.lost']);
  expect((await s.log()).map(({ type, status }) => [type, status]).sort()).toEqual([
    ['lead.generated', 'delivered'],
    ['lead.handed-over', 'abandoned'],
    ['lead.lost', 'delivered'],
  ]);
  await s.close();
});
