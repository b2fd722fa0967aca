/** A lead goes by the address under which it may be answered, hidden as everywhere in the journey (collect/hidden-id.ts): its name leads to it, and nobody can be read from it. */
import { z } from 'zod';
import { HIDDEN, typeOfKey } from '../identity/id-type.ts';

const CONTACT = /^(email|phone):hidden:([0-9a-f]{40})$/;

export const leadIdSchema = z
  .string()
  .regex(/^lead_(?:email|phone)_[0-9a-f]{40}$/, 'expected the id of a lead')
  .brand('LeadId');
export type LeadId = z.infer<typeof leadIdSchema>;

/** @param key of an id, as `keyOf` writes it: whether somebody can be answered there */
export const isContact = (key: string): boolean => CONTACT.test(key);

/** @throws for a key that is no hidden address or number */
export const leadIdOf = (contact: string): LeadId => leadIdSchema.parse(contact.replace(CONTACT, 'lead_$1_$2'));

/** The key of the id that it goes by. */
export function contactOf(leadId: LeadId): string {
  const [, type = '', hex = ''] = leadId.split('_');
  return `${type}:${HIDDEN}${hex}`;
}
export const contactIdOf = (leadId: LeadId) => {
  const key = contactOf(leadId);
  return { type: typeOfKey(key), value: key.slice(key.indexOf(':') + 1) };
};
