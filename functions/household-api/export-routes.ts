/** The copy of everything (GDPR Art. 15, 20), for whoever may answer for the household. */
import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import { routes } from '../../shared/api/routes.ts';
import { csvOf } from '../../shared/household/export.ts';
import { decidePrivacy, noPrivacyYet } from '../../shared/household/privacy.ts';
import { householdIdSchema, instantSchema } from '../../shared/values.ts';
import { keys, kinds } from '../runtime/aggregates.ts';
import { demandMember } from '../runtime/caller.ts';
import { productNow } from '../runtime/clock.ts';
import { gives, type ApiEnvironment } from '../runtime/http.ts';
import { change } from '../runtime/store.ts';
import { VisibleError } from '../runtime/visible-error.ts';
import { mayApprove } from '../../shared/household/household.ts';
import { collectPage } from './collect-export.ts';

const entrySchema = z.object({ kind: z.string(), id: z.string(), state: z.unknown(), events: z.array(z.unknown()) });
const pageSchema = z.object({
  householdId: householdIdSchema,
  exportedAt: instantSchema,
  entries: z.array(entrySchema),
  /** Absent on the last page. */
  next: z.string().optional(),
});

const NEXT_HEADER = 'nachschub-next';
const json = gives(pageSchema, `A page; as CSV its \`next\` stands in the header ${NEXT_HEADER}`);

export const exportRoutes = {
  exportHousehold: createRoute({
    method: 'get',
    path: routes.exportHousehold.path,
    request: {
      params: z.object({ householdId: householdIdSchema }),
      query: z.object({ format: z.enum(['json', 'csv']).default('json'), cursor: z.string().max(800).optional() }),
    },
    responses: { ...json, 200: { ...json[200], content: { ...json[200].content, 'text/csv': { schema: z.string() } } } },
  }),
};

export function addExportRoutes(api: OpenAPIHono<ApiEnvironment>): void {
  api.openapi(exportRoutes.exportHousehold, async (context) => {
    const { householdId } = context.req.valid('param');
    const member = await demandMember(context, routes.exportHousehold, householdId);
    if (!mayApprove(member)) throw new VisibleError(403, 'forbidden', 'guests may look but not take everything home');
    const { format, cursor } = context.req.valid('query');
    const now = productNow();
    if (cursor === undefined) {
      await change(kinds.privacy, keys.privacy(householdId), (privacy) =>
        decidePrivacy(privacy ?? noPrivacyYet(householdId), { type: 'export', memberId: member.memberId }, now),
      );
    }
    const { entries, next } = await collectPage(member, cursor);
    if (format === 'json') return context.json(pageSchema.parse({ householdId, exportedAt: now, entries, ...(next && { next }) }), 200);
    const headers = { 'content-type': 'text/csv; charset=utf-8', ...(next !== undefined && { [NEXT_HEADER]: next }) };
    return context.text(csvOf(entries, cursor === undefined), 200, headers);
  });
}
