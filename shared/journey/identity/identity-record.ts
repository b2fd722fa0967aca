/**
 * What is noted of who belongs to whom. Only ever added to: what is wrong is unlinked or blocked by a later record, and everybody's story
 * is read anew from what then stands.
 */
import { z } from 'zod';
import { householdIdSchema, instantSchema, thingNameSchema, type Instant } from '../../values.ts';
import { idSchema, keyOf, saysNothing, type Id } from './id-type.ts';

/** A device is in a household, a person is a member of one; neither is ever merged with it. */
export const nodeSchema = z.discriminatedUnion('node', [
  z.strictObject({ node: z.literal('id'), ...idSchema.shape }),
  z.strictObject({ node: z.literal('device'), thing: thingNameSchema }),
  z.strictObject({ node: z.literal('household'), householdId: householdIdSchema }),
]);
export type Node = z.infer<typeof nodeSchema>;

const noted = { recordId: z.string().min(1).max(100), at: instantSchema };
/** Why two belong together: seen so, said so by whom it concerns, or decided by somebody of ours, who is named with the reason. */
export const evidenceSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('seen'), source: z.string().min(1).max(40) }),
  z.strictObject({ kind: z.literal('said'), source: z.string().min(1).max(40) }),
  z.strictObject({ kind: z.literal('decided'), by: z.string().min(1).max(80), reason: z.string().min(1).max(400) }),
]);
export type Evidence = z.infer<typeof evidenceSchema>;

const pair = { from: nodeSchema, to: nodeSchema };
const linkSchema = z.strictObject({ record: z.literal('link'), ...noted, ...pair, evidence: evidenceSchema });
const text = z.string().max(254);
export const identityRecordSchema = z.discriminatedUnion('record', [
  linkSchema,
  /** Of ids: as if they had never been linked. Of a member or a device: they left the household at this moment. */
  z.strictObject({ record: z.literal('unlink'), ...noted, ...pair }),
  /** One node: it says nothing any more. Two: they never belong together, and never did. */
  z.strictObject({ record: z.literal('block'), ...noted, from: nodeSchema, to: nodeSchema.optional() }),
  z.strictObject({
    ...{ record: z.literal('identify'), ...noted, source: z.string().min(1).max(40) },
    userId: text,
    anonymousId: text.optional(),
    traits: z.strictObject({ email: text.optional(), phone: text.optional(), customerNumber: text.optional() }).optional(),
    householdId: householdIdSchema.optional(),
  }),
  z.strictObject({
    ...{ record: z.literal('touchpoint'), ...noted },
    /** As the message itself named them; that never changes. */
    ids: z.array(idSchema).max(10),
    thing: thingNameSchema.optional(),
    householdId: householdIdSchema.optional(),
  }),
]);
export type IdentityRecord = z.infer<typeof identityRecordSchema>;
export type Link = z.infer<typeof linkSchema>;
export type TouchpointRecord = Extract<IdentityRecord, { record: 'touchpoint' }>;

export const nameOf = (node: Node): string =>
  node.node === 'id' ? keyOf(node) : node.node === 'device' ? `device:${node.thing}` : `household:${node.householdId}`;

/** The partition's own word behind a name, where it names a household or a device; undefined for any other. */
export const householdNamed = (name: string): string | undefined => behind('household:', name);
export const deviceNamed = (name: string): string | undefined => behind('device:', name);
const behind = (kind: string, name: string): string | undefined => (name.startsWith(kind) ? name.slice(kind.length) : undefined);

/** The records in the one order in which they are read, whatever order they came in. */
export const inOrder = <Noted extends { readonly at: Instant; readonly recordId: string }>(records: readonly Noted[]): Noted[] =>
  [...records].sort((a, b) => compare(a.at, b.at) || compare(a.recordId, b.recordId));
export const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

/** What a record says in links; a touchpoint with two ids has seen them together. */
export function linksIn(record: IdentityRecord): Link[] {
  if (record.record === 'link') return [record];
  if (record.record === 'identify') {
    const { userId, anonymousId, traits = {}, householdId, source } = record;
    const user: Node = { node: 'id', type: 'userId', value: userId };
    const others: Node[] = [
      ...(anonymousId === undefined ? [] : [{ node: 'id' as const, type: 'anonymousId' as const, value: anonymousId }]),
      ...(['email', 'phone', 'customerNumber'] as const).flatMap((type) =>
        traits[type] === undefined ? [] : [{ node: 'id' as const, type, value: traits[type] }],
      ),
      ...(householdId === undefined ? [] : [{ node: 'household' as const, householdId }]),
    ];
    return others.map((to) => linkOf(record, user, to, { kind: 'said', source }));
  }
  if (record.record !== 'touchpoint') return [];
  const [first, ...rest] = record.ids.filter((id) => saysNothing(id) === undefined);
  return first === undefined ? [] : rest.map((id) => linkOf(record, nodeOf(first), nodeOf(id), { kind: 'seen', source: 'touchpoint' }));
}
const nodeOf = (id: Id): Node => ({ node: 'id', ...id });
const linkOf = ({ at, recordId }: IdentityRecord, from: Node, to: Node, evidence: Evidence): Link => ({
  ...{ record: 'link' as const, at, recordId: `${recordId}/${nameOf(to)}` },
  ...{ from, to, evidence },
});
