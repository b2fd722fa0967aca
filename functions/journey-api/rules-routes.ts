/** What the company sets itself: segments, what health is made of, the programme of tiers. Households are judged by it from their next touchpoint on, or the next night. */
import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import { routes } from '../../shared/api/routes.ts';
import { canonicalJson } from '../../shared/digest.ts';
import { shippedLeadRules } from '../../shared/journey/lead/shipped-lead-rules.ts';
import { shippedFactors } from '../../shared/journey/standing/health.ts';
import { shippedSegments } from '../../shared/journey/standing/shipped-segments.ts';
import { rulesSchema } from '../../shared/journey/standing/standing.ts';
import { shippedProgramme } from '../../shared/journey/standing/tier.ts';
import { ignored, rejected } from '../../shared/values.ts';
import { keys, kinds } from '../runtime/aggregates.ts';
import { demandAgent } from '../runtime/caller.ts';
import { gives, takes, type ApiEnvironment } from '../runtime/http.ts';
import { change, load } from '../runtime/store.ts';
import { VisibleError } from '../runtime/visible-error.ts';

/** `version` is what was read: who has not seen the last change does not write over it. */
const versioned = z.strictObject({ version: z.int().min(0), rules: rulesSchema });

export const rulesRoutes = {
  readRules: createRoute({ method: 'get', path: routes.readRules.path, responses: gives(versioned, 'As they stand, or as they come with the product') }),
  changeRules: createRoute({ method: 'put', path: routes.changeRules.path, request: takes(versioned), responses: gives(versioned, 'As they stand now') }),
};

export function addRulesRoutes(api: OpenAPIHono<ApiEnvironment>): void {
  api.openapi(rulesRoutes.readRules, async (context) => {
    demandAgent(context, routes.readRules);
    const stored = await load(kinds.journeyRules, keys.journeyRules());
    const shipped = { segments: [...shippedSegments], factors: [...shippedFactors], programme: shippedProgramme, leads: shippedLeadRules };
    return context.json(versioned.parse({ version: stored?.version ?? 0, rules: { ...shipped, ...stored?.state } }), 200);
  });

  api.openapi(rulesRoutes.changeRules, async (context) => {
    demandAgent(context, routes.changeRules);
    const { version, rules } = context.req.valid('json');
    const result = await change(kinds.journeyRules, keys.journeyRules(), (before, stored) => {
      if (before !== undefined && canonicalJson(before) === canonicalJson(rules)) return ignored('as-it-stands');
      return (stored?.version ?? 0) === version ? { kind: 'changed', state: rules, events: [] } : rejected('changed-meanwhile');
    });
    if (result.kind === 'rejected') throw new VisibleError(409, 'changed-meanwhile', 'somebody has changed the rules since you read them; read them again');
    return context.json({ version: result.kind === 'changed' ? result.version : (result.stored?.version ?? 0), rules }, 200);
  });
}
