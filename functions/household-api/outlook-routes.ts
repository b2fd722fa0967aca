/** What is thought of a household’s next months, for the household itself: the same figures that the company reads (GDPR Art. 15 (1) h). */
import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import { routes } from '../../shared/api/routes.ts';
import { standing as consentOf } from '../../shared/household/privacy.ts';
import { outlookSchema } from '../../shared/journey/churn/outlook.ts';
import { householdIdSchema } from '../../shared/values.ts';
import { keys, kinds } from '../runtime/aggregates.ts';
import { demandMember } from '../runtime/caller.ts';
import { gives, type ApiEnvironment } from '../runtime/http.ts';
import { load } from '../runtime/store.ts';

const told = outlookSchema.pick({ at: true, leaves: true, reading: true, expectedPurchases: true, expectedMinor: true, reasons: true, causes: true });
const outlookViewSchema = z.strictObject({
  /** It has objected: nothing is reckoned. */
  hasObjected: z.boolean(),
  /** Absent: nothing is thought of it yet. */
  outlook: told.optional(),
});

export const outlookRoutes = {
  readOutlook: createRoute({
    method: 'get',
    path: routes.readOutlook.path,
    request: { params: z.object({ householdId: householdIdSchema }) },
    responses: gives(outlookViewSchema, 'What is thought of it, and why'),
  }),
};

export function addOutlookRoutes(api: OpenAPIHono<ApiEnvironment>): void {
  api.openapi(outlookRoutes.readOutlook, async (context) => {
    const { householdId } = context.req.valid('param');
    await demandMember(context, routes.readOutlook, householdId);
    const [privacy, stands] = await Promise.all([load(kinds.privacy, keys.privacy(householdId)), load(kinds.standing, keys.standing(householdId))]);
    const hasObjected = consentOf(privacy?.state, 'profiling') === 'withdrawn';
    const { outlook } = stands?.state ?? {};
    // Between the objection and the end of what there was of it nothing more is said.
    if (hasObjected || outlook === undefined) return context.json({ hasObjected }, 200);
    const { at, leaves, reading, expectedPurchases, expectedMinor, reasons, causes } = outlook;
    return context.json({ hasObjected, outlook: { at, leaves, reading, expectedPurchases, expectedMinor, reasons, causes } }, 200);
  });
}
