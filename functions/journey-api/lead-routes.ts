/** People who have asked to be answered and have no household yet: figures for everybody of the company, names of nobody; who they are, what they did and what becomes of them for a reason. */
import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import { routes } from '../../shared/api/routes.ts';
import { leadReportIn, type LeadReport } from '../../shared/journey/lead/lead-counters.ts';
import { leadIdSchema } from '../../shared/journey/lead/lead-id.ts';
import { leadStageSchema, withDecision } from '../../shared/journey/lead/lead.ts';
import { bucketsOf, mergeCounters } from '../../shared/journey/tally/batch.ts';
import { duration, instantOf, millisOf } from '../../shared/values.ts';
import { forgetLead } from '../erase-household/forget-lead.ts';
import { demandAgent } from '../runtime/caller.ts';
import { productNow } from '../runtime/clock.ts';
import { gives, takes, type ApiEnvironment } from '../runtime/http.ts';
import { changeLead, leadRules } from '../runtime/lead.ts';
import { readCounters } from '../runtime/tally.ts';
import { VisibleError } from '../runtime/visible-error.ts';
import { leadListSchema, leadPageSchema, listLeads, viewLead } from './lead-view.ts';
import { noteLeadLook } from './note-lead-look.ts';

/** As long as a lead is kept at least: those that began earlier may be gone from the counters. */
const REPORTED = duration(90, 'days');
const language = z.enum(['de', 'en']).default('en');
/** It stands with each lead that it shows. */
const reason = z.string().trim().min(3).max(100);
const params = z.object({ leadId: leadIdSchema });
/** Ours, made of whole numbers a moment ago: checked where they are made. */
const reportSchema = z.custom<LeadReport & { readonly handOverAt: number }>((report) => typeof report === 'object' && report !== null);

export const leadRoutes = {
  readLeads: createRoute({ method: 'get', path: routes.readLeads.path, responses: gives(reportSchema, 'How many stand where, and how far they came') }),
  listLeads: createRoute({
    method: 'post',
    path: routes.listLeads.path,
    request: takes(z.strictObject({ stage: leadStageSchema, reason, from: z.int().min(0).max(10_000).default(0), language })),
    responses: gives(leadListSchema, 'Those of a stage, the warmest first'),
  }),
  readLead: createRoute({
    method: 'get',
    path: routes.readLead.path,
    request: { params, query: z.object({ reason, language }) },
    responses: gives(leadPageSchema, 'The lead with its story'),
  }),
  forgetLead: createRoute({
    method: 'delete',
    path: routes.forgetLead.path,
    request: { params, query: z.object({ reason }) },
    responses: gives(z.strictObject({ forgotten: z.literal(true) }), 'Nothing is left of them; only our own book says that somebody has done this'),
  }),
  decideLead: createRoute({
    method: 'post',
    path: routes.decideLead.path,
    request: { params, ...takes(z.strictObject({ decision: z.enum(['hand-over', 'close']), reason, language })) },
    responses: gives(leadPageSchema, 'As it stands now'),
  }),
};

export function addLeadRoutes(api: OpenAPIHono<ApiEnvironment>): void {
  api.openapi(leadRoutes.readLeads, async (context) => {
    demandAgent(context, routes.readLeads);
    const now = productNow();
    const from = instantOf(millisOf(now) - REPORTED).slice(0, 10);
    const { now: standing = {}, ...days } = await readCounters(['now', ...bucketsOf(from, now.slice(0, 10))]);
    const { handOverAt } = await leadRules();
    return context.json({ ...leadReportIn(standing, mergeCounters(Object.values(days))), handOverAt }, 200);
  });

  api.openapi(leadRoutes.listLeads, async (context) => {
    demandAgent(context, routes.listLeads);
    return context.json(leadListSchema.parse(await listLeads(context, context.req.valid('json'))), 200);
  });

  api.openapi(leadRoutes.readLead, async (context) => {
    const { reason: why, language: of } = context.req.valid('query');
    const lead = await noteLeadLook(context, { route: routes.readLead, leadId: context.req.valid('param').leadId, kind: 'page' }, why);
    return context.json(leadPageSchema.parse(await viewLead(lead, of)), 200);
  });

  api.openapi(leadRoutes.forgetLead, async (context) => {
    const asked = { route: routes.forgetLead, leadId: context.req.valid('param').leadId, kind: 'forgotten' } as const;
    const lead = await noteLeadLook(context, asked, context.req.valid('query').reason);
    if (!(await forgetLead(lead))) throw new VisibleError(409, 'has-a-household', 'they live in a household: it is forgotten with that');
    return context.json({ forgotten: true as const }, 200);
  });

  api.openapi(leadRoutes.decideLead, async (context) => {
    const [{ leadId }, { decision, reason: because, language: of }] = [context.req.valid('param'), context.req.valid('json')];
    const kind = decision === 'close' ? 'closed' : 'handed-over';
    const seen = await noteLeadLook(context, { route: routes.decideLead, leadId, kind }, because);
    const came = { decision, at: productNow(), by: demandAgent(context, routes.decideLead), because };
    await changeLead(leadId, await leadRules(), (lead) => lead && { ...lead, decisions: withDecision(lead.decisions, came) });
    return context.json(leadPageSchema.parse(await viewLead(seen, of)), 200);
  });
}
