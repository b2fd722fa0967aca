/** Tokens without a sign-in: for simulators, which have no browser, and for whoever owns this machine. */
import { scopes, type Scope } from '../../../shared/api/routes.ts';
import { groupClaims } from '../identity/tokens.ts';
import type { Call } from './control.ts';
import type { Cloud } from './open-cloud.ts';

/** As long as a simulated year on the wall may take; a real sign-in gives an hour. */
const LIFETIME_SECONDS = 30 * 86_400;

type TokenCall = Extract<Call, { call: 'memberToken' | 'staffToken' | 'operatorToken' | 'collectorToken' | 'retailerToken' }>;

/** @throws a sentence when nobody has the address, or no client belongs to the shop */
export function issueToken({ identity }: Pick<Cloud, 'identity'>, call: TokenCall): Promise<string> {
  const { clients, people, tokens } = identity;
  const issue = (scope: Scope, construct?: string, username?: string): Promise<string> => {
    const client = clients.find(({ scopes: allowed, path }) => allowed.includes(scope) && (construct === undefined || path.includes(`/${construct}/`)));
    if (client === undefined)
      throw new Error(`the template has no app client for ${construct ?? scope}: machines of their own have only the shops that it names`);
    const person = username !== undefined && { username, claims: groupClaims(people.byMemberId(username)?.groups) };
    return tokens.issueToken({ clientId: client.clientId, scopes: [scope], lifetimeSeconds: LIFETIME_SECONDS, ...person });
  };
  const whoHas = (email: string): string => {
    const person = people.byEmail(email);
    if (person === undefined) throw new Error(`nobody here has the e-mail address ${email}`);
    return person.memberId;
  };
  switch (call.call) {
    case 'memberToken':
      return issue(scopes.household, undefined, 'email' in call ? whoHas(call.email) : call.memberId);
    case 'staffToken':
      return issue(scopes.lookAfter, undefined, whoHas(call.email));
    case 'operatorToken':
      return issue(scopes.operate);
    case 'collectorToken':
      return issue(scopes.collect);
    case 'retailerToken':
      return issue(scopes.retailer, `Retailer-${call.retailerId}`);
  }
}
