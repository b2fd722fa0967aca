/** Nobody sees anything of a household before it is written down who looks, and for what. */
import type { Route } from '../../shared/api/routes.ts';
import { entryOf, lookAt, lookReasonSchema, type Look, type LookKind, type LookReason } from '../../shared/support/look.ts';
import type { HouseholdId } from '../../shared/values.ts';
import { keys, kinds } from '../runtime/aggregates.ts';
import { demandAgent } from '../runtime/caller.ts';
import { productNow } from '../runtime/clock.ts';
import type { ApiContext } from '../runtime/http.ts';
import { createOnce, load } from '../runtime/store.ts';
import { notFound, VisibleError } from '../runtime/visible-error.ts';

interface Asked {
  readonly route: Route;
  readonly householdId: HouseholdId;
  readonly kind: LookKind;
}

/** Writes our own book first, then the household's; a crash between the two leaves a line too many and never one too few. */
export async function noteLook(
  context: Pick<ApiContext, 'env'>,
  { route, householdId, kind }: Asked,
  why: { readonly [Part in keyof LookReason]?: LookReason[Part] | undefined },
): Promise<Look> {
  const staffId = demandAgent(context, route);
  const reason = lookReasonSchema.safeParse(why);
  if (!reason.success) throw new VisibleError(400, 'purpose-needed', reason.error.issues[0]?.message ?? 'expected a purpose');
  if ((await load(kinds.household, keys.household(householdId))) === undefined) throw notFound('household');
  const { caseId } = reason.data;
  if (caseId !== undefined && (await load(kinds.case, keys.case(householdId, caseId))) === undefined) throw notFound('case');
  const { look, window } = lookAt({ householdId, staffId, kind }, reason.data, productNow());
  await createOnce(kinds.lookEntry, keys.lookEntry(window, look.lookId), entryOf(look));
  await createOnce(kinds.look, keys.look(householdId, window, look.lookId), look);
  return look;
}
