/** What a person can be known by: how many of each one person may have, which speaks first, and which values say nothing. */
import { z } from 'zod';

/**
 * `limit`: how many of a type two persons may have together and still be taken for one. `isShared`: it names a browser or an app, not
 * somebody, so that two persons who use it stay two. The first in this table speaks first.
 */
export const idTypes = {
  userId: { limit: 1, isShared: false },
  customerNumber: { limit: 2, isShared: false },
  email: { limit: 5, isShared: false },
  phone: { limit: 5, isShared: false },
  anonymousId: { limit: 100, isShared: true },
} as const satisfies Record<string, { limit: number; isShared: boolean }>;
export type IdType = keyof typeof idTypes;
export const idTypeNames = Object.keys(idTypes) as [IdType, ...IdType[]];
export const priorityOf = (type: IdType): number => idTypeNames.indexOf(type);

export const idSchema = z.strictObject({ type: z.enum(idTypeNames), value: z.string().max(254) });
export type Id = z.infer<typeof idSchema>;

/** What programs send when they know nobody. Compared without case, and without white space around it. */
const SAY_NOTHING = new Set([
  ...['', '-', '.', '0', '-1', '1', 'null', 'nil', 'none', 'undefined', 'unknown', 'unidentified', 'n/a', 'na', 'nan', '[object object]', 'object'],
  ...['true', 'false', 'anonymous', 'anon', 'guest', 'user', 'default', 'test', 'id', 'userid', 'user_id', 'anonymousid', 'email', 'e-mail', 'phone'],
  ...['00000000-0000-0000-0000-000000000000', 'noreply@example.com', 'test@test.com'],
]);

const isRepeated = (text: string): boolean => text.length > 3 && /^[a-z0-9-]$/.test(text.charAt(0)) && new Set(text.replaceAll('-', '')).size <= 1;

/** An address or a number that is kept as a keyed hash (collect/hidden-id.ts) begins like this. */
export const HIDDEN = 'hidden:';
const isHidden = (text: string): boolean => text.startsWith(HIDDEN);

/** Answers why a value names nobody, or undefined for one that may. */
export function saysNothing({ type, value }: Id): string | undefined {
  const text = value.trim().toLowerCase();
  if (SAY_NOTHING.has(text) || isRepeated(text)) return `${JSON.stringify(value)} is no ${type} of anybody`;
  if (isHidden(text)) return undefined;
  if (type === 'email' && !z.email().safeParse(text).success) return `${JSON.stringify(value)} is no e-mail address`;
  if (type === 'phone' && phoneDigits(text).length < 6) return `${JSON.stringify(value)} is no telephone number`;
  return undefined;
}

const phoneDigits = (text: string): string => text.replace(/^00/, '+').replace(/[^+\d]/g, '');

/** The same for all spellings of one id: `email:anna@example.org`. */
export function keyOf({ type, value }: Id): string {
  const text = value.trim();
  if (isHidden(text)) return `${type}:${text}`;
  if (type === 'email') return `email:${text.toLowerCase()}`;
  return type === 'phone' ? `phone:${phoneDigits(text)}` : `${type}:${text}`;
}
export const typeOfKey = (key: string): IdType => idSchema.shape.type.parse(key.slice(0, key.indexOf(':')));
