/**
 * The withdrawal function of §356a BGB, with a receipt at once. For a member on the order itself; for anybody without signing in, where nothing
 * is looked up before the answer: whether there is such an order is found out afterwards, and told to nobody here.
 */
import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import { routes } from '../../shared/api/routes.ts';
import { declareWithdrawal, partFor } from '../../shared/order/withdrawal/contract-withdrawal.ts';
import {
  declarantSchema,
  declarationIdOf,
  declarationSchema,
  declaredSchema,
  newDeclaration,
  type Declared,
} from '../../shared/order/withdrawal/declaration.ts';
import { receiptText } from '../../shared/order/withdrawal/withdrawal-receipt.ts';
import { languageSchema } from '../../shared/order/wording.ts';
import { declarationIdSchema, gtinSchema, householdIdSchema, instantSchema, orderIdSchema, type DeclarationId, type Instant } from '../../shared/values.ts';
import { DECLARATIONS_PK, keys, kinds } from '../runtime/aggregates.ts';
import { demandMember, demandScope } from '../runtime/caller.ts';
import { productNow } from '../runtime/clock.ts';
import { gives, takes, type ApiEnvironment } from '../runtime/http.ts';
import { asItStands } from '../runtime/put.ts';
import { change, createOnce, list, load } from '../runtime/store.ts';
import { notFound, VisibleError } from '../runtime/visible-error.ts';
import { countDeclaration } from './declaration-limit.ts';
import { titled } from './follow-view.ts';
import { mustApprove } from './mandate-routes.ts';

const receiptSchema = z.object({ receiptId: declarationIdSchema, declaredAt: instantSchema, text: z.string() });
type Receipt = z.infer<typeof receiptSchema>;
const withdrawBody = z.strictObject({
  language: languageSchema,
  /** Absent: everything that is left. */
  lines: z
    .array(z.strictObject({ gtin: gtinSchema, packs: z.int().min(1).max(99) }))
    .min(1)
    .max(50)
    .optional(),
});

export const withdrawalRoutes = {
  withdrawContract: createRoute({
    method: 'put',
    path: routes.withdrawContract.path,
    request: { params: z.object({ householdId: householdIdSchema, orderId: orderIdSchema, declarationId: declarationIdSchema }), ...takes(withdrawBody) },
    responses: gives(receiptSchema, 'The receipt; of a repeat the first one'),
  }),
  declareWithdrawal: createRoute({
    method: 'post',
    path: routes.declareWithdrawal.path,
    request: takes(declaredSchema),
    responses: gives(receiptSchema, 'The receipt, whatever the order number'),
  }),
  listDeclarations: createRoute({
    method: 'get',
    path: routes.listDeclarations.path,
    responses: gives(z.object({ declarations: z.array(declarationSchema.extend({ declarant: declarantSchema.optional() })) }), 'The newest first'),
  }),
};

export function addWithdrawalRoutes(api: OpenAPIHono<ApiEnvironment>): void {
  api.openapi(withdrawalRoutes.withdrawContract, async (context) => {
    const { householdId, orderId, declarationId } = context.req.valid('param');
    const member = mustApprove(await demandMember(context, routes.withdrawContract, householdId));
    const { language, lines } = context.req.valid('json');
    const order = (await load(kinds.order, keys.order(householdId, orderId)))?.state.order;
    if (order === undefined) throw notFound('order');
    const declared = { declarationId, by: { kind: 'member', memberId: member.memberId }, lines, declaredAt: productNow() } as const;
    const result = await change(kinds.contractWithdrawal, keys.contractWithdrawal(householdId, orderId), (before) =>
      declareWithdrawal(before, order, declared),
    );
    if (result.kind === 'rejected') throw new VisibleError(409, result.reason, `the contract cannot be withdrawn from: ${result.reason}`);
    const withdrawal = asItStands(result);
    const part = withdrawal && partFor(withdrawal, declarationId, lines);
    if (part === undefined) throw notFound('withdrawal');
    const facts = { language, receiptId: part.declarationId, declaredAt: part.declaredAt, orderNumber: orderId, name: member.name };
    const goods = titled(order, part.lines).map(({ packs, title }) => `${packs} × ${title}`);
    return context.json(receiptOf(part.declarationId, part.declaredAt, receiptText({ ...facts, lines: goods })), 200);
  });

  api.openapi(withdrawalRoutes.declareWithdrawal, async (context) => {
    await countDeclaration(context);
    return context.json(await declare(context.req.valid('json')), 200);
  });

  api.openapi(withdrawalRoutes.listDeclarations, async (context) => {
    demandScope(context, routes.listDeclarations);
    const declarations = (await list(kinds.declaration, DECLARATIONS_PK, 'DECLARATION#')).map(({ state }) => state);
    const persons = new Map((await list(kinds.declarant, DECLARATIONS_PK, 'DECLARANT#')).map(({ state }) => [state.declarationId, state]));
    const shown = declarations.map((declaration) => ({ ...declaration, declarant: persons.get(declaration.declarationId) }));
    shown.sort((a, b) => (a.declaredAt < b.declaredAt ? 1 : -1));
    return context.json({ declarations: shown }, 200);
  });
}

/** The person first: a declaration of nobody could not be answered. Both are written once, so the same words get the same receipt. */
async function declare(declared: Declared): Promise<Receipt> {
  const declarationId = declarationIdOf(declared);
  const declaredAt = productNow();
  await createOnce(kinds.declarant, keys.declarant(declarationId), { declarationId, declaredAt, ...declared });
  const { state, events } = newDeclaration(declarationId, declared, declaredAt);
  await createOnce(kinds.declaration, keys.declaration(declarationId), state, events);
  const kept = (await load(kinds.declaration, keys.declaration(declarationId)))?.state ?? state;
  const { language, name, orderNumber, contact, onlyPart } = (await load(kinds.declarant, keys.declarant(declarationId)))?.state ?? declared;
  const facts = { language, receiptId: declarationId, declaredAt: kept.declaredAt, orderNumber, name, contact };
  return receiptOf(declarationId, kept.declaredAt, receiptText({ ...facts, ...(onlyPart !== undefined && onlyPart !== '' && { lines: [onlyPart] }) }));
}

const receiptOf = (receiptId: DeclarationId, declaredAt: Instant, text: string): Receipt => ({ receiptId, declaredAt, text });
