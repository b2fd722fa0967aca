/** An order on its way: followed to the door, asked to be cancelled, and the shop's questions answered. */
import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import { routes } from '../../shared/api/routes.ts';
import { cancelReasonSchema } from '../../shared/event-parts.ts';
import { isOrderButtonText } from '../../shared/order/order-button.ts';
import type { OrderCommand } from '../../shared/order/order.ts';
import type { SubstitutionRules } from '../../shared/order/substitution-rules.ts';
import { householdIdSchema, orderIdSchema, questionIdSchema, type HouseholdId, type OrderId, type QuestionId } from '../../shared/values.ts';
import { mayApprove } from '../../shared/household/household.ts';
import { keys, kinds } from '../runtime/aggregates.ts';
import { demandAccess, demandMember } from '../runtime/caller.ts';
import { productNow } from '../runtime/clock.ts';
import { contentsOf, dietOf } from '../runtime/hear-answer.ts';
import { gives, takes, type ApiEnvironment } from '../runtime/http.ts';
import { commandOrder } from '../runtime/order.ts';
import { load } from '../runtime/store.ts';
import { notFound, VisibleError } from '../runtime/visible-error.ts';
import { followViewOf, followViewSchema } from './follow-view.ts';
import { mustApprove } from './mandate-routes.ts';

const params = z.object({ householdId: householdIdSchema, orderId: orderIdSchema });
const answerBody = z.strictObject({
  accepted: z.boolean(),
  /** Of the question as it was shown. */
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  /** The button that was pressed, where it costs more than was agreed to. */
  evidence: z.strictObject({ wordingVersion: z.string().min(1).max(32), buttonText: z.string().max(80), language: z.enum(['de', 'en']) }).optional(),
});

export const followRoutes = {
  followOrder: createRoute({ method: 'get', path: routes.followOrder.path, request: { params }, responses: gives(followViewSchema, 'The order on its way') }),
  cancelOrder: createRoute({
    method: 'post',
    path: routes.cancelOrder.path,
    request: { params, ...takes(z.strictObject({ reason: cancelReasonSchema })) },
    responses: gives(followViewSchema, 'Asked; the shop decides'),
  }),
  answerSubstitution: createRoute({
    method: 'post',
    path: routes.answerSubstitution.path,
    request: { params: params.extend({ questionId: questionIdSchema }), ...takes(answerBody) },
    responses: gives(followViewSchema, 'Answered'),
  }),
};

export function addFollowRoutes(api: OpenAPIHono<ApiEnvironment>): void {
  api.openapi(followRoutes.followOrder, async (context) => {
    const { householdId, orderId } = context.req.valid('param');
    const caller = await demandAccess(context, routes.followOrder, householdId);
    return context.json(await viewOf({ householdId, orderId }, caller.kind === 'member' && mayApprove(caller.member)), 200);
  });

  api.openapi(followRoutes.cancelOrder, async (context) => {
    const { householdId, orderId } = context.req.valid('param');
    const { memberId } = mustApprove(await demandMember(context, routes.cancelOrder, householdId));
    return context.json(await carriedOut({ householdId, orderId }, { type: 'requestCancel', memberId, ...context.req.valid('json') }), 200);
  });

  api.openapi(followRoutes.answerSubstitution, async (context) => {
    const { householdId, orderId, questionId } = context.req.valid('param');
    const { memberId } = mustApprove(await demandMember(context, routes.answerSubstitution, householdId));
    const { accepted, hash, evidence } = context.req.valid('json');
    if (evidence !== undefined && !isOrderButtonText(evidence.language, evidence.buttonText)) {
      throw new VisibleError(422, 'wrong-button', 'what costs more is approved under a button with the words that the law asks for');
    }
    const by = { kind: 'person', memberId } as const;
    const diet = accepted ? await dietFor({ householdId, orderId }, questionId) : undefined;
    const command = { type: 'answerSubstitution', questionId, accepted, hash, by, evidence, diet, now: productNow() } as const;
    return context.json(await carriedOut({ householdId, orderId }, command), 200);
  });
}

interface About {
  readonly householdId: HouseholdId;
  readonly orderId: OrderId;
}

/** What nobody at home eats or drinks, and what the shop has published to be in what it offers. */
async function dietFor({ householdId, orderId }: About, questionId: QuestionId): Promise<Pick<SubstitutionRules, 'dietNever' | 'contains'>> {
  const order = (await load(kinds.order, keys.order(householdId, orderId)))?.state.order;
  const question = order !== undefined && 'placement' in order ? order.substitutions?.find((each) => each.questionId === questionId) : undefined;
  if (order === undefined || question === undefined) return {};
  const { gtin } = question.offered;
  return { dietNever: await dietOf(householdId), contains: (await contentsOf(order, [gtin]))[gtin] };
}

async function carriedOut(about: About, command: OrderCommand) {
  const result = await commandOrder(about, command, productNow());
  if (result.kind === 'rejected') {
    if (result.stored === undefined) throw notFound('order');
    if (result.reason === 'unknown-question') throw notFound('question');
    throw new VisibleError(409, result.reason, `the order is ${result.stored.state.order.status}; refused: ${result.reason}`);
  }
  return viewOf(about, true);
}

async function viewOf({ householdId, orderId }: About, mayAct: boolean) {
  const stored = await load(kinds.order, keys.order(householdId, orderId));
  if (stored === undefined) throw notFound('order');
  return followViewOf(stored, { mayAct, now: productNow() });
}
