/**
 * Who may do what. This one function is the seam at which the IoT policies of the template will decide instead; the actions
 * and resources are therefore theirs (a client id, a topic or a topic filter).
 */
import type { Identity, MemberIdentity, ThingIdentity } from './identity.ts';

export type Action = 'iot:Connect' | 'iot:Publish' | 'iot:RetainPublish' | 'iot:Subscribe' | 'iot:Receive';
export type Decision = 'allow' | Readonly<{ deny: string }>;

/** @param resource the client id, topic or topic filter, already well formed. */
export function decide(identity: Identity, action: Action, resource: string): Decision {
  const isAllowed = identity.kind === 'thing' ? thingMay(identity, action, resource) : memberMay(identity, action, resource);
  const who = identity.kind === 'thing' ? identity.thing : identity.memberId;
  return isAllowed ? 'allow' : { deny: `${who} may not ${action} ${JSON.stringify(resource)}` };
}

function thingMay({ thing }: ThingIdentity, action: Action, resource: string): boolean {
  switch (action) {
    case 'iot:Connect':
      return resource === thing;
    case 'iot:Publish':
      return isBelow(resource, `dt/nachschub/${thing}/`) || resource === `cmd/nachschub/${thing}/sync`;
    case 'iot:Subscribe':
    case 'iot:Receive':
      return isBelow(resource, `cmd/nachschub/${thing}/`);
    case 'iot:RetainPublish':
      return false;
    default:
      return action satisfies never;
  }
}

function memberMay({ memberId, householdId }: MemberIdentity, action: Action, resource: string): boolean {
  switch (action) {
    case 'iot:Connect':
      // No hyphen after the member: `app-mem_a-b-1` is mem_a-b's, and mem_a must not be able to take it over.
      return resource.startsWith(`app-${memberId}-`) && /^[A-Za-z0-9]+$/.test(resource.slice(`app-${memberId}-`.length));
    case 'iot:Subscribe':
    case 'iot:Receive':
      return resource === `app/nachschub/${householdId}/messages`;
    case 'iot:Publish':
    case 'iot:RetainPublish':
      return false;
    default:
      return action satisfies never;
  }
}

const isBelow = (resource: string, prefix: string): boolean => resource.startsWith(prefix) && resource.length > prefix.length;
