/** Who is who around a household: seen, and put right by somebody of ours, who sees before what would change hands. Each decision can be taken back by another. */
import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import { routes } from '../../shared/api/routes.ts';
import { digest } from '../../shared/digest.ts';
import { identityOf, preview } from '../../shared/journey/identity/identity.ts';
import { evidenceSchema, nodeSchema, nameOf, type IdentityRecord, type Node } from '../../shared/journey/identity/identity-record.ts';
import { pairsOf } from '../../shared/journey/identity/pairs.ts';
import { recordOfTouchpoint } from '../../shared/journey/identity/touchpoint-record.ts';
import { lookPurposeSchema, type Look } from '../../shared/support/look.ts';
import { caseIdSchema, householdIdSchema, instantSchema } from '../../shared/values.ts';
import { keys, kinds } from '../runtime/aggregates.ts';
import { gives, takes, type ApiEnvironment } from '../runtime/http.ts';
import { load } from '../runtime/store.ts';
import { notFound } from '../runtime/visible-error.ts';
import { knownAround, noteWhoIsWho } from '../runtime/who-is-who.ts';
import { touchpointsAround } from '../update-journey/journey-of.ts';
import { noteLook } from './note-look.ts';

/** The rest is told in number. */
const CHANGES_SHOWN = 100;
const PAIRS_SHOWN = 200;
const why = { purpose: lookPurposeSchema.optional(), caseId: caseIdSchema.optional(), reason: z.string().max(120).optional() };
const names = z.array(z.string());
const identitySchema = z.object({
  persons: z.array(z.object({ name: z.string(), ids: names })),
  shared: z.array(z.object({ ids: names, device: z.string().optional(), usedBy: names })),
  members: z.array(z.object({ member: z.string(), householdId: z.string(), since: instantSchema, until: instantSchema.optional() })),
  refused: z.array(z.object({ recordId: z.string(), reason: z.string() })),
  /** Each two that some record ties together, the last that changed first. */
  pairs: z
    .array(
      z.object({
        ...{ from: nodeSchema, to: nodeSchema.optional(), state: z.enum(['linked', 'unlinked', 'blocked', 'refused']), at: instantSchema },
        ...{ evidence: evidenceSchema.optional(), reason: z.string().optional() },
      }),
    )
    .max(PAIRS_SHOWN),
});
const decisionSchema = z.strictObject({
  ...why,
  /** `block` of one: it says nothing any more. Of two: they never belong together. */
  decision: z.enum(['link', 'unlink', 'block']),
  from: nodeSchema,
  to: nodeSchema.optional(),
  /** Shows what would change, and changes nothing. */
  preview: z.boolean(),
});
const whoseSchema = z.object({
  person: z.string().optional(),
  device: z.string().optional(),
  visitor: z.string().optional(),
  householdId: z.string().optional(),
});
const previewSchema = z.object({
  decided: z.boolean(),
  changes: z.array(z.object({ touchpointId: z.string(), before: whoseSchema, after: whoseSchema })).max(CHANGES_SHOWN),
  /** All of them, of which some are shown. */
  changing: z.int().min(0),
  refused: identitySchema.shape.refused,
});
const params = z.object({ householdId: householdIdSchema });

export const identityRoutes = {
  readIdentity: createRoute({
    method: 'get',
    path: routes.readIdentity.path,
    request: { params, query: z.object(why) },
    responses: gives(identitySchema, 'Who is who'),
  }),
  decideIdentity: createRoute({
    method: 'post',
    path: routes.decideIdentity.path,
    request: { params, ...takes(decisionSchema) },
    responses: gives(previewSchema, 'What changes hands by it'),
  }),
};

export function addIdentityRoutes(api: OpenAPIHono<ApiEnvironment>): void {
  api.openapi(identityRoutes.readIdentity, async (context) => {
    const { householdId } = context.req.valid('param');
    await noteLook(context, { route: routes.readIdentity, householdId, kind: 'page' }, context.req.valid('query'));
    const records = await recordsAround([nameOf({ node: 'household', householdId })]);
    const { persons, shared, households, refused } = identityOf(records);
    const members = households.flatMap((household) => household.members);
    return context.json(identitySchema.parse({ persons, shared, members, refused, pairs: pairsOf(records, refused).slice(0, PAIRS_SHOWN) }), 200);
  });

  api.openapi(identityRoutes.decideIdentity, async (context) => {
    const { householdId } = context.req.valid('param');
    const { decision, from, to, preview: isPreview, ...reason } = context.req.valid('json');
    const look = await noteLook(context, { route: routes.decideIdentity, householdId, kind: 'identity' }, reason);
    for (const node of [from, ...(to === undefined ? [] : [to])]) await demandKnown(node);
    const record = recordOf(look, decision, from, to);
    const named = [nameOf({ node: 'household', householdId }), nameOf(from), ...(to === undefined ? [] : [nameOf(to)])];
    const records = await recordsAround(named);
    const touchpoints = await touchpointsAround(records, named);
    const { changes, refused } = preview([...records, ...touchpoints.map(recordOfTouchpoint)], [record]);
    if (!isPreview) await noteWhoIsWho([record]);
    const shown = changes.slice(0, CHANGES_SHOWN).map(({ recordId, before, after }) => ({ touchpointId: recordId, before, after }));
    return context.json(previewSchema.parse({ decided: !isPreview, changes: shown, changing: changes.length, refused }), 200);
  });
}

const recordsAround = async (around: readonly string[]): Promise<IdentityRecord[]> => (await knownAround(around)).flatMap(({ records }) => records);

async function demandKnown(node: Node): Promise<void> {
  if (node.node === 'household' && (await load(kinds.household, keys.household(node.householdId))) === undefined) throw notFound('household');
}

function recordOf({ at, staffId, reason = 'a case' }: Look, decision: 'link' | 'unlink' | 'block', from: Node, to: Node | undefined): IdentityRecord {
  const noted = { recordId: digest([at, staffId, decision, nameOf(from), to === undefined ? '' : nameOf(to)]), at, from };
  if (decision === 'block') return { record: 'block', ...noted, ...(to !== undefined && { to }) };
  // Of a person or a thing without a household: from itself, which is refused with a word.
  const pair = { ...noted, to: to ?? from };
  return decision === 'unlink' ? { record: 'unlink', ...pair } : { record: 'link', ...pair, evidence: { kind: 'decided', by: staffId, reason } };
}
