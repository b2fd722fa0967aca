/** Whom a message names: a household, a thing, and the ids of a person or a browser, addresses and numbers hidden. */
import { z } from 'zod';
import { householdIdSchema, thingNameSchema, type HouseholdId, type ThingName } from '../../values.ts';
import { keyOf, type Id } from '../identity/id-type.ts';
import type { CollectedMessage } from './message.ts';

export interface Named {
  readonly householdId?: HouseholdId;
  /** As the tracker of an app or a browser names what it runs on: a thing only if it is one of ours. */
  readonly maybeThing?: ThingName;
  readonly ids: readonly Id[];
}

/** Answers an id as it is kept; undefined for one that names nobody. */
export type Hide = (id: Id) => Id | undefined;
const IDS_MAX = 10;

export function namedBy(message: CollectedMessage, hide: Hide): Named {
  const { userId, anonymousId, groupId, context, traits } = message;
  const householdId = [groupId, userId, context?.groupId].map((id) => householdIdSchema.safeParse(id).data).find((id) => id !== undefined);
  const maybeThing = thingNameSchema.safeParse(context?.device?.id).data;
  const told = { ...context?.traits, ...traits };
  const found = [
    userId === undefined ? undefined : userIdOf(userId, hide),
    ...(['customerNumber', 'email', 'phone'] as const).map((type) => idOf(type, told[type], hide)),
    idOf('anonymousId', anonymousId, hide),
  ].filter((id) => id !== undefined);
  const ids = [...new Map(found.map((id) => [keyOf(id), id])).values()].slice(0, IDS_MAX);
  return { ...(householdId && { householdId }), ...(maybeThing && { maybeThing }), ids };
}

/** Many shops use the address as the user's id: it is hidden like every other address. */
export function userIdOf(userId: string, hide: Hide): Id | undefined {
  if (householdIdSchema.safeParse(userId).success) return undefined;
  return hide({ type: z.email().safeParse(userId.trim()).success ? 'email' : 'userId', value: userId });
}

const traitSchema = z.union([z.string(), z.number().transform(String)]).pipe(z.string().min(1).max(254));
function idOf(type: Id['type'], value: unknown, hide: Hide): Id | undefined {
  const text = traitSchema.safeParse(value);
  return text.success ? hide({ type, value: text.data }) : undefined;
}
