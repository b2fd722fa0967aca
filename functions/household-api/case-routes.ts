/** Problems that a household reports, and what an operator answers. */
import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import { routes } from '../../shared/api/routes.ts';
import { caseKindSchema } from '../../shared/event-parts.ts';
import { isMember, mayApprove, type Member } from '../../shared/household/household.ts';
import {
  caseAboutSchema,
  caseActions,
  caseSchema,
  caseTextSchema,
  decideCase,
  noteIdSchema,
  type Author,
  type Case,
  type CaseAbout,
  type CaseCommand,
} from '../../shared/support/case.ts';
import { caseIdSchema, householdIdSchema, type CaseId, type HouseholdId } from '../../shared/values.ts';
import { householdPk, keys, kinds } from '../runtime/aggregates.ts';
import { demandAccess, demandMember, type Caller } from '../runtime/caller.ts';
import { productNow } from '../runtime/clock.ts';
import { gives, takes, type ApiEnvironment } from '../runtime/http.ts';
import { change, createOnce, list, load } from '../runtime/store.ts';
import { notFound, VisibleError } from '../runtime/visible-error.ts';
import { mustApprove } from './mandate-routes.ts';

const CASES_MAX = 200;
const params = z.object({ householdId: householdIdSchema, caseId: caseIdSchema });
const note = z.strictObject({ noteId: noteIdSchema, text: caseTextSchema });
export const openBody = note.extend({ about: caseAboutSchema, kind: caseKindSchema });
export const caseView = caseSchema.extend({
  messages: z.array(caseSchema.shape.messages.element.extend({ name: z.string().optional() })),
  actions: z.array(z.enum(['write', 'answer', 'solve', 'reopen'])),
});
type CaseView = z.infer<typeof caseView>;
const view = gives(caseView, 'The case as it stands');

export const caseRoutes = {
  listCases: createRoute({
    method: 'get',
    path: routes.listCases.path,
    request: { params: params.pick({ householdId: true }) },
    responses: gives(z.object({ cases: z.array(caseSchema.omit({ messages: true })) }), 'The newest first'),
  }),
  openCase: createRoute({ method: 'put', path: routes.openCase.path, request: { params, ...takes(openBody) }, responses: view }),
  readCase: createRoute({ method: 'get', path: routes.readCase.path, request: { params }, responses: view }),
  writeInCase: createRoute({ method: 'post', path: routes.writeInCase.path, request: { params, ...takes(note) }, responses: view }),
  solveCase: createRoute({ method: 'post', path: routes.solveCase.path, request: { params, ...takes(z.strictObject({})) }, responses: view }),
  reopenCase: createRoute({ method: 'post', path: routes.reopenCase.path, request: { params, ...takes(note) }, responses: view }),
};

export function addCaseRoutes(api: OpenAPIHono<ApiEnvironment>): void {
  api.openapi(caseRoutes.listCases, async (context) => {
    const { householdId } = context.req.valid('param');
    await demandAccess(context, routes.listCases, householdId);
    const cases = (await list(kinds.case, householdPk(householdId), 'CASE#')).map(({ state: { messages: _, ...known } }) => known);
    return context.json({ cases: cases.sort((a, b) => (a.openedAt < b.openedAt ? 1 : -1)) }, 200);
  });

  api.openapi(caseRoutes.openCase, async (context) => {
    const { householdId, caseId } = context.req.valid('param');
    const member = mustApprove(await demandMember(context, routes.openCase, householdId));
    const body = context.req.valid('json');
    await makeRoom({ householdId, caseId }, body.about);
    const command = { type: 'open', householdId, caseId, by: { kind: 'member', memberId: member.memberId }, ...body } as const;
    return context.json(await carriedOut({ householdId, caseId }, command, { kind: 'member', member }), 200);
  });

  api.openapi(caseRoutes.readCase, async (context) => {
    const { householdId, caseId } = context.req.valid('param');
    const caller = await demandAccess(context, routes.readCase, householdId);
    const known = (await load(kinds.case, keys.case(householdId, caseId)))?.state;
    if (known === undefined) throw notFound('case');
    return context.json(await viewOf(known, caller), 200);
  });

  api.openapi(caseRoutes.writeInCase, async (context) => {
    const about = context.req.valid('param');
    const caller = writer(await demandAccess(context, routes.writeInCase, about.householdId));
    return context.json(await carriedOut(about, { type: 'write', by: authorOf(caller), ...context.req.valid('json') }, caller), 200);
  });

  api.openapi(caseRoutes.solveCase, async (context) => {
    const about = context.req.valid('param');
    const caller = writer(await demandAccess(context, routes.solveCase, about.householdId));
    return context.json(await carriedOut(about, { type: 'solve' }, caller), 200);
  });

  api.openapi(caseRoutes.reopenCase, async (context) => {
    const about = context.req.valid('param');
    const caller = writer({ kind: 'member', member: await demandMember(context, routes.reopenCase, about.householdId) });
    return context.json(await carriedOut(about, { type: 'reopen', by: authorOf(caller), ...context.req.valid('json') }, caller), 200);
  });
}

/** Guests look on. */
function writer(caller: Caller): Caller {
  if (caller.kind === 'member') mustApprove(caller.member);
  return caller;
}

const authorOf = (caller: Caller): Author => (caller.kind === 'operator' ? { kind: 'operator' } : { kind: 'member', memberId: caller.member.memberId });

/** For a case about something that is there; its number leads to the household from now on. */
export async function makeRoom({ householdId, caseId }: { householdId: HouseholdId; caseId: CaseId }, about: CaseAbout): Promise<void> {
  await mustExist(householdId, about);
  if ((await list(kinds.case, householdPk(householdId), 'CASE#')).length >= CASES_MAX) throw new VisibleError(409, 'too-many', 'too many cases');
  await createOnce(kinds.caseOwner, keys.caseOwner(caseId), { caseId, householdId });
}

async function mustExist(householdId: HouseholdId, about: CaseAbout): Promise<void> {
  const found =
    about.kind === 'order' ? await load(kinds.order, keys.order(householdId, about.orderId)) : await load(kinds.device, keys.device(householdId, about.thing));
  if (found === undefined) throw notFound(about.kind);
}

export async function carriedOut(
  { householdId, caseId }: { householdId: HouseholdId; caseId: CaseId },
  command: CaseCommand,
  caller: Caller,
): Promise<CaseView> {
  const result = await change(kinds.case, keys.case(householdId, caseId), (known) => decideCase(known, command, productNow()));
  if (result.kind === 'changed') return viewOf(result.state, caller);
  if (result.stored === undefined) throw notFound('case');
  if (result.kind === 'rejected') throw new VisibleError(409, result.reason, `the case is ${result.stored.state.status}; refused: ${result.reason}`);
  return viewOf(result.stored.state, caller);
}

/** With names, as they are now; and what this caller may do, nothing else. */
export async function viewOf(known: Case, caller: Caller): Promise<CaseView> {
  const members = await list(kinds.member, householdPk(known.householdId), 'MEMBER#');
  return viewAmong(
    known,
    caller,
    members.map(({ state }) => state),
  );
}

/** @param members of the household, those who have left as well */
export function viewAmong(known: Case, caller: Caller, members: readonly Member[]): CaseView {
  const names = new Map(members.filter(isMember).map(({ memberId, name }) => [memberId, name]));
  const messages = known.messages.map((message) => {
    const name = message.by.kind === 'member' ? names.get(message.by.memberId) : undefined;
    return { ...message, ...(name !== undefined && { name }) };
  });
  const actions = caseActions[known.status].filter((action) =>
    caller.kind === 'operator' ? action === 'answer' || action === 'solve' : mayApprove(caller.member) && action !== 'answer',
  );
  return { ...known, messages, actions };
}
