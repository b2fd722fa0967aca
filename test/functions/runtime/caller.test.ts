import { expect, it } from 'vitest';
import { demandAgent } from '../../../functions/runtime/caller.ts';
import { scopes, type Route } from '../../../shared/api/routes.ts';

const route: Route = { method: 'GET', path: '/console/audit', function: 'household-api', caller: 'operator', scopes: [scopes.lookAfter] };
const weber = { token_use: 'access', scope: scopes.lookAfter, username: 'staff_weber', 'cognito:groups': '[agents]' };
const asked = (claims: object) => ({ env: { event: { requestContext: { authorizer: { jwt: { claims } } } } } });

it.each([
  ['the scope, the group and an account of its own', weber, 'staff_weber'],
  ['several groups, as the gateway writes them', { ...weber, 'cognito:groups': '[marketing agents]' }, 'staff_weber'],
])('takes %s', (_, claims, who) => expect(demandAgent(asked(claims), route)).toBe(who));

const { 'cognito:groups': _, ...ungrouped } = weber;
it.each([
  ['no group', ungrouped],
  ['another group', { ...weber, 'cognito:groups': '[agents-of-others]' }],
  ['an empty list', { ...weber, 'cognito:groups': '[]' }],
  ['the scope of households', { ...weber, scope: scopes.household }],
  ['the scope of operators', { ...weber, scope: scopes.operate }],
  ['a member’s account, whatever it shows', { ...weber, username: 'mem_anna' }],
  ['a machine', { ...weber, username: undefined }],
])('refuses %s', (__, claims) => expect(() => demandAgent(asked(claims), route)).toThrow(expect.objectContaining({ status: 403 })));
