/** What somebody who looks after a household does there: answers a problem, calls it solved, notes a call. Each is written down as a look. Whoever cannot help themselves in the app, and calls, finds their problem opened for them. */
import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import { routes } from '../../shared/api/routes.ts';
import { callSchema, touchpointOfCall } from '../../shared/journey/call.ts';
import { caseTextSchema, noteIdSchema } from '../../shared/support/case.ts';
import { caseIdSchema, householdIdSchema } from '../../shared/values.ts';
import { carriedOut, caseView, makeRoom, openBody } from '../household-api/case-routes.ts';
import { keys, kinds } from '../runtime/aggregates.ts';
import { productNow } from '../runtime/clock.ts';
import { gives, takes, type ApiEnvironment } from '../runtime/http.ts';
import { createOnce } from '../runtime/store.ts';
import { noteLook } from './note-look.ts';

const params = z.object({ householdId: householdIdSchema, caseId: caseIdSchema });
const answerBody = z.strictObject({ noteId: noteIdSchema, text: caseTextSchema });
const view = gives(caseView, 'The case as it stands');
const ours = { kind: 'operator' } as const;

export const caseWorkRoutes = {
  answerCase: createRoute({ method: 'post', path: routes.answerCase.path, request: { params, ...takes(answerBody) }, responses: view }),
  openCaseFor: createRoute({ method: 'put', path: routes.openCaseFor.path, request: { params, ...takes(openBody) }, responses: view }),
  reopenCaseFor: createRoute({ method: 'post', path: routes.reopenCaseFor.path, request: { params, ...takes(answerBody) }, responses: view }),
  closeCase: createRoute({ method: 'post', path: routes.closeCase.path, request: { params, ...takes(z.strictObject({})) }, responses: view }),
  noteCall: createRoute({
    method: 'post',
    path: routes.noteCall.path,
    request: { params: params.pick({ householdId: true }), ...takes(callSchema) },
    responses: gives(z.object({ touchpointId: z.string() }), 'The touchpoint that it left'),
  }),
};

export function addCaseWorkRoutes(api: OpenAPIHono<ApiEnvironment>): void {
  api.openapi(caseWorkRoutes.openCaseFor, async (context) => {
    const about = context.req.valid('param');
    const body = context.req.valid('json');
    await noteLook(context, { route: routes.openCaseFor, householdId: about.householdId, kind: 'case-opened' }, { purpose: 'call', reason: body.kind });
    await makeRoom(about, body.about);
    return context.json(await carriedOut(about, { type: 'open', by: ours, ...about, ...body }, ours), 200);
  });

  api.openapi(caseWorkRoutes.reopenCaseFor, async (context) => {
    const about = context.req.valid('param');
    const why = { purpose: 'case', caseId: about.caseId } as const;
    await noteLook(context, { route: routes.reopenCaseFor, householdId: about.householdId, kind: 'case-reopened' }, why);
    return context.json(await carriedOut(about, { type: 'reopen', by: ours, ...context.req.valid('json') }, ours), 200);
  });

  api.openapi(caseWorkRoutes.answerCase, async (context) => {
    const about = context.req.valid('param');
    await noteLook(context, { route: routes.answerCase, householdId: about.householdId, kind: 'case-answered' }, { purpose: 'case', caseId: about.caseId });
    return context.json(await carriedOut(about, { type: 'write', by: ours, ...context.req.valid('json') }, ours), 200);
  });

  api.openapi(caseWorkRoutes.closeCase, async (context) => {
    const about = context.req.valid('param');
    await noteLook(context, { route: routes.closeCase, householdId: about.householdId, kind: 'case-solved' }, { purpose: 'case', caseId: about.caseId });
    return context.json(await carriedOut(about, { type: 'solve', by: ours.kind }, ours), 200);
  });

  api.openapi(caseWorkRoutes.noteCall, async (context) => {
    const { householdId } = context.req.valid('param');
    const call = context.req.valid('json');
    await noteLook(context, { route: routes.noteCall, householdId, kind: 'call-noted' }, { purpose: 'call', reason: call.about });
    const touchpoint = touchpointOfCall(call, { householdId, receivedAt: productNow() });
    await createOnce(kinds.touchpoint, keys.touchpoint(touchpoint), touchpoint);
    return context.json({ touchpointId: touchpoint.touchpointId }, 200);
  });
}
