/** Decides each call at the endpoint by the policies of the function that signed it. */
import type { AwsRequest } from '../aws-request.ts';
import type { Service } from '../endpoint/call.ts';
import type { EndpointOptions, Verdict } from '../endpoint/endpoint.ts';
import { ACCOUNT_ID, PARTITION } from '../template/identity.ts';
import type { ResolvedResource } from '../template/read-assembly.ts';
import type { Decision } from './decide.ts';
import { keysOf } from './keys.ts';
import { needsOf, type Lookup, type Need } from './needs.ts';
import type { Permissions } from './permissions.ts';
import { ofType, type Role } from './roles.ts';
import type { Used } from './usage.ts';

export interface AuthorizeOptions {
  readonly resources: readonly ResolvedResource[];
  readonly permissions: Permissions;
  /** Told of each function, action and resource that is let through, once. */
  readonly allowed: (decision: Used['decisions'][number]) => void;
  /** Told once of each function, action and resource that is denied. */
  readonly report: (line: string) => void;
}

/** Programs of this machine that are no function: the window, the auditor and the commands. They may do everything. */
export const OPERATOR = 'operator';

export function lookupIn(resources: readonly ResolvedResource[]): Lookup {
  const keys = keysOf(resources);
  const secrets = ofType(resources, 'AWS::SecretsManager::Secret');
  const identities = ofType(resources, 'AWS::SES::EmailIdentity').map(({ name }) => name);
  return {
    keyOf: (resource) => keys.get(resource),
    secretArn: (id) => secrets.find(({ ref, name }) => ref === id || name === id)?.ref,
    emailIdentity: (address) => [address, address.split('@').at(-1)].find((one) => one !== undefined && identities.includes(one)),
  };
}

const DECISIONS_MAX = 50_000;

export function authorizer({ resources, permissions, allowed, report }: AuthorizeOptions): NonNullable<EndpointOptions['authorize']> {
  const lookup = lookupIn(resources);
  // The template does not change while it runs, so neither does an answer.
  const decided = new Map<string, Verdict>();

  function verdictOn(functionName: string, role: Role, { action, resource, context }: Need): Verdict {
    const decision = permissions.mayRole(role, action, resource, context);
    if (decision === 'allowed') {
      const [viaService, fromAddress] = [context?.['kms:ViaService'], context?.['ses:FromAddress']];
      allowed({ function: functionName, action, resource, ...(viaService !== undefined && { viaService }), ...(fromAddress !== undefined && { fromAddress }) });
      return 'allow';
    }
    report(`${functionName} may not ${action} on ${resource}: ${decision}`);
    return { deny: refusal(functionName, role, { action, resource }, decision) };
  }

  function verdictFor(functionName: string, role: Role, need: Need): Verdict {
    const key = `${functionName} ${need.action} ${need.resource} ${need.context?.['ses:FromAddress'] ?? ''}`;
    const known = decided.get(key);
    if (known !== undefined) return known;
    const verdict = verdictOn(functionName, role, need);
    if (decided.size < DECISIONS_MAX) decided.set(key, verdict);
    return verdict;
  }

  return (request: AwsRequest, service: Service, operation: string): Verdict => {
    if (request.caller === OPERATOR) return 'allow';
    const role = permissions.roleOf(request.caller);
    if (role === undefined) return { deny: `${request.caller} is no function of the template` };
    const needs = needsOf(request, service, operation, lookup);
    if (needs === undefined) {
      report(`${request.caller} may not ${service} ${operation}: infra/local/permissions/needs.ts does not say what that needs`);
      return { deny: `the local cloud does not know what permissions ${service} ${operation} needs` };
    }
    return needs.map((need) => verdictFor(request.caller, role, need)).find((verdict) => verdict !== 'allow') ?? 'allow';
  };
}

/** In AWS's words (IAM user guide, “Troubleshoot access denied error messages”). */
function refusal(functionName: string, role: Role, { action, resource }: Need, decision: Exclude<Decision, 'allowed'>): string {
  const who = `arn:${PARTITION}:sts::${ACCOUNT_ID}:assumed-role/${role.name}/${functionName}`;
  const why = {
    'not allowed by any policy': `because no identity-based policy allows the ${action} action`,
    'explicitly denied by its own policies': 'with an explicit deny in an identity-based policy',
    'explicitly denied by the resource’s policy': 'with an explicit deny in a resource-based policy',
  }[decision];
  return `User: ${who} is not authorized to perform: ${action} on resource: ${resource} ${why}`;
}
