/** Half-filled forms, kept for their author: begun on one device, finished on another. The last writer wins; only that one was begun, and is done with, is said. */
import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import { routes } from '../../shared/api/routes.ts';
import { draftBodySchema, draftIdSchema, draftOf, draftSchema, DRAFTS_MAX, type StoredDraft } from '../../shared/household/draft.ts';
import type { Member } from '../../shared/household/household.ts';
import { householdIdSchema, ignored, type MemberId } from '../../shared/values.ts';
import { digest } from '../../shared/digest.ts';
import { householdPk, keys, kinds } from '../runtime/aggregates.ts';
import { demandMember } from '../runtime/caller.ts';
import { productNow } from '../runtime/clock.ts';
import { gives, takes, type ApiEnvironment } from '../runtime/http.ts';
import { change, list, load } from '../runtime/store.ts';
import { notFound, VisibleError } from '../runtime/visible-error.ts';

const household = z.object({ householdId: householdIdSchema });
const params = household.extend({ draftId: draftIdSchema });

export const draftRoutes = {
  listDrafts: createRoute({
    method: 'get',
    path: routes.listDrafts.path,
    request: { params: household },
    responses: gives(z.object({ drafts: z.array(draftSchema) }), 'What the calling member has begun, the newest first'),
  }),
  readDraft: createRoute({ method: 'get', path: routes.readDraft.path, request: { params }, responses: gives(draftSchema, 'The draft') }),
  keepDraft: createRoute({
    method: 'put',
    path: routes.keepDraft.path,
    request: { params, ...takes(draftBodySchema) },
    responses: gives(draftSchema, 'The draft as it is kept now'),
  }),
  dropDraft: createRoute({
    method: 'delete',
    path: routes.dropDraft.path,
    request: { params },
    responses: gives(z.object({ draftId: draftIdSchema }), 'The draft is gone'),
  }),
};

export function addDraftRoutes(api: OpenAPIHono<ApiEnvironment>): void {
  api.openapi(draftRoutes.listDrafts, async (context) => {
    const { householdId } = context.req.valid('param');
    const member = await demandMember(context, routes.listDrafts, householdId);
    const drafts = (await draftsOf(member)).sort((a, b) => b.savedAt.localeCompare(a.savedAt));
    return context.json({ drafts }, 200);
  });

  api.openapi(draftRoutes.readDraft, async (context) => {
    const { householdId, draftId } = context.req.valid('param');
    const { memberId } = await demandMember(context, routes.readDraft, householdId);
    const draft = draftOf((await load(kinds.draft, keys.draft(householdId, memberId, draftId)))?.state, productNow());
    if (draft === undefined) throw notFound('draft');
    return context.json(draft, 200);
  });

  api.openapi(draftRoutes.keepDraft, async (context) => {
    const { householdId, draftId } = context.req.valid('param');
    const member = await demandMember(context, routes.keepDraft, householdId);
    const { memberId } = member;
    const others = (await draftsOf(member)).filter((draft) => draft.draftId !== draftId);
    if (others.length >= DRAFTS_MAX) throw new VisibleError(409, 'too-many-drafts', `at most ${DRAFTS_MAX} forms are kept; finish one or throw it away`);
    const stored: StoredDraft = { householdId, memberId, draftId, savedAt: productNow(), content: context.req.valid('json') };
    await change(kinds.draft, keys.draft(householdId, memberId, draftId), (before) => ({
      kind: 'changed',
      state: stored,
      // Said once for each form; what was kept for too long has been given up, and begins anew.
      events: draftOf(before, stored.savedAt) === undefined ? [{ type: 'form.begun', data: { householdId, memberId, form: formName(memberId, draftId) } }] : [],
    }));
    return context.json(draftSchema.parse(draftOf(stored, stored.savedAt)), 200);
  });

  api.openapi(draftRoutes.dropDraft, async (context) => {
    const { householdId, draftId } = context.req.valid('param');
    const { memberId } = await demandMember(context, routes.dropDraft, householdId);
    await change(kinds.draft, keys.draft(householdId, memberId, draftId), (draft) =>
      draft?.content === undefined
        ? ignored('gone')
        : {
            kind: 'changed',
            state: { householdId, memberId, draftId, savedAt: productNow() },
            events: [{ type: 'form.finished', data: { householdId, memberId, form: formName(memberId, draftId) } }],
          },
    );
    return context.json({ draftId }, 200);
  });
}

const FORM_NAME_LENGTH = 16;
/** What somebody has begun is nobody else’s affair: the name is the same each time, and says no more. */
const formName = (memberId: MemberId, draftId: string): string => digest(['form', memberId, draftId], FORM_NAME_LENGTH);

async function draftsOf({ householdId, memberId }: Member) {
  const now = productNow();
  return (await list(kinds.draft, householdPk(householdId), `DRAFT#${memberId}#`)).flatMap(({ state }) => draftOf(state, now) ?? []);
}
