/** IAM's decision inside one account (IAM user guide, “Policy evaluation logic”): an explicit deny wins, then any allow, and nothing said is a no. */
import { ACCOUNT_ID } from '../template/identity.ts';
import { conditionsHold, type Context } from './conditions.ts';
import type { StatedPrincipal, Statement } from './policy-document.ts';
import { actionMatches, resourceMatches } from './wildcard.ts';

export type Caller = { readonly kind: 'role'; readonly arn: string } | { readonly kind: 'service'; readonly name: string };

export interface Asked {
  readonly caller: Caller;
  /** `dynamodb:GetItem` */
  readonly action: string;
  readonly resource: string;
  readonly context: Context;
}

/** Which documents speak: those of the caller's role, and those that hang on the resource. */
export interface Policies {
  readonly identity: readonly Statement[];
  readonly resource: readonly Statement[];
}

export type Decision = 'allowed' | 'explicitly denied by its own policies' | 'explicitly denied by the resource’s policy' | 'not allowed by any policy';

export function decide(asked: Asked, { identity, resource }: Policies): Decision {
  const own = identity.filter((statement) => speaksOf(statement, asked));
  const foreign = resource.filter((statement) => speaksOf(statement, asked) && names(statement, asked.caller) !== 'nobody');
  if (own.some(({ effect }) => effect === 'Deny')) return 'explicitly denied by its own policies';
  if (foreign.some(({ effect }) => effect === 'Deny')) return 'explicitly denied by the resource’s policy';
  const directly = foreign.some((statement) => names(statement, asked.caller) === 'caller');
  const delegated = foreign.some((statement) => names(statement, asked.caller) === 'account');
  const allowed = own.length > 0 && asked.caller.kind === 'role';
  // A key is the only resource here whose own policy has to let IAM speak (KMS developer guide, “Key policies”).
  if (asked.action.startsWith('kms:')) return directly || (delegated && allowed) ? 'allowed' : 'not allowed by any policy';
  return directly || allowed ? 'allowed' : 'not allowed by any policy';
}

const speaksOf = ({ actions, resources, conditions }: Statement, { action, resource, context }: Asked): boolean =>
  actions.some((pattern) => actionMatches(pattern, action)) &&
  resources.some((pattern) => resourceMatches(pattern, resource)) &&
  conditionsHold(conditions, context);

/** Whom a statement means: the caller, only the account that the caller belongs to, or somebody else. */
function names({ principals }: Statement, caller: Caller): 'caller' | 'account' | 'nobody' {
  if (principals.some((principal) => isCaller(principal, caller))) return 'caller';
  return caller.kind === 'role' && principals.some(({ kind, ...rest }) => kind === 'account' && 'name' in rest && rest.name === ACCOUNT_ID)
    ? 'account'
    : 'nobody';
}

function isCaller(principal: StatedPrincipal, caller: Caller): boolean {
  if (principal.kind === 'everybody') return true;
  return caller.kind === 'role' ? principal.kind === 'role' && principal.name === caller.arn : principal.kind === 'service' && principal.name === caller.name;
}

/** Who may take a role on. */
export const mayAssume = (trust: readonly Statement[], service: string, context: Context): boolean =>
  decide({ caller: { kind: 'service', name: service }, action: 'sts:AssumeRole', resource: '*', context }, { identity: [], resource: trust }) === 'allowed';
