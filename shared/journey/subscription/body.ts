/** What a subscription reads: `{ type, timestamp, data }` as Standard Webhooks advises. Made from what never changes, so that every attempt has the same bytes. */
import type { Touchpoint } from '../touchpoint.ts';
import type { HandedOn } from './hand-on.ts';

/** @param touchpoint where the message tells one, as it is stored @throws when it does and there is none */
export function bodyOf(
  { type, householdId, leadId, about }: Pick<HandedOn, 'type' | 'householdId' | 'leadId' | 'about'>,
  touchpoint: Touchpoint | undefined,
): string {
  const whose = { ...(householdId !== undefined && { householdId }), ...(leadId !== undefined && { leadId }) };
  if (about.kind === 'words') return JSON.stringify({ type, timestamp: about.at, data: { ...whose, ...about.words } });
  if (touchpoint === undefined) throw new Error('expected the touchpoint that the message tells');
  const { touchpointId, type: what, channel, initiator, phase, at, receivedAt } = touchpoint;
  const told = about.fields.flatMap((field) => (touchpoint[field] === undefined ? [] : [[field, touchpoint[field]] as const]));
  return JSON.stringify({
    type,
    timestamp: at,
    data: { ...whose, touchpointId, type: what, channel, initiator, phase, at, receivedAt, ...Object.fromEntries(told) },
  });
}
