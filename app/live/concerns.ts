/** Which of the things that are shown a note concerns: by the path that they were read from. */
import { routes, type RouteName } from '../../shared/api/routes.ts';
import type { ChangeNote, ChangedThing } from '../../shared/journey/change-note.ts';

/** The first words of paths below the household. A supply lasts as long as what is ordered for it lets it, so orders concern supplies too. */
const below: Record<ChangedThing, RegExp> = {
  order: /^(orders|supplies|statements?|cases|contracts)\b/,
  supply: /^(supplies|list|statements?)\b/,
  mandate: /^(mandates|stops|spend|statements?|orders)\b/,
  device: /^(devices|lessons|supplies)\b/,
  member: /^(members|invitations)\b/,
  list: /^list\b/,
  case: /^(cases|orders)\b/,
  household: /^/,
};

interface Read {
  readonly name: RouteName;
  readonly params: Readonly<Record<string, unknown>>;
}

export function concerns({ what, id }: Pick<ChangeNote, 'what' | 'id'>, { name, params }: Read): boolean {
  const { path }: { readonly path: string } = routes[name];
  // The overview holds something of everything, and who was let in or shown out reads where they belong.
  if (path === '/households/{householdId}') return true;
  if (path === '/me') return what === 'member' || what === 'household';
  const [, rest] = /^\/households\/\{householdId\}\/(.+)$/.exec(path) ?? [];
  if (rest === undefined || !below[what].test(rest)) return false;
  // One order's page has nothing to do with another order.
  const own = what === 'order' ? params['orderId'] : undefined;
  return own === undefined || id === undefined || own === id;
}
