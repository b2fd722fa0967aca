/** What the template permits: every role, every policy that hangs on a resource, and one question to ask them. */
import { ACCOUNT_ID } from '../template/identity.ts';
import type { ResolvedResource } from '../template/read-assembly.ts';
import type { Context } from './conditions.ts';
import { decide, mayAssume, type Decision } from './decide.ts';
import { resourcePoliciesOf } from './resource-policies.ts';
import { rolesOf, rolesOfFunctions, type Role } from './roles.ts';

export interface Permissions {
  roleOf(functionName: string): Role | undefined;
  /** By its ARN. */
  role(arn: string): Role | undefined;
  /** May somebody in this role do this? */
  mayRole(role: Role, action: string, resource: string, context?: Context): Decision;
  /** May an AWS service do this on behalf of `sourceArn`? Only the policy of the resource can say so. */
  mayService(service: string, action: string, resource: string, sourceArn: string): Decision;
  /** May an AWS service take the role on for `sourceArn`? */
  mayAssume(role: Role, service: string, sourceArn: string): boolean;
  /** Whether any policy hangs on the resource. */
  hasPolicy(resourceArn: string): boolean;
}

/** Calls reach the local endpoint over HTTP on this machine; on AWS the SDK speaks TLS, so that is what is assumed. */
const OVER_TLS: Context = { 'aws:SecureTransport': 'true', 's3:TlsVersion': '1.3' };

/** What hangs on a bucket speaks of its objects. */
const ownerOf = (resourceArn: string): string => (resourceArn.startsWith('arn:aws:s3:::') ? (resourceArn.split('/')[0] ?? '') : resourceArn);

/** @throws Error naming the resource whose policies are not understood */
export function readPermissions(resources: readonly ResolvedResource[]): Permissions {
  const roles = rolesOf(resources);
  const byArn = new Map([...roles.values()].map((role) => [role.arn, role]));
  const functionRoles = rolesOfFunctions(resources, roles);
  const onResource = resourcePoliciesOf(resources);
  const from = (sourceArn: string): Context => ({ ...OVER_TLS, 'aws:SourceArn': sourceArn, 'aws:SourceAccount': ACCOUNT_ID });
  return {
    roleOf: (functionName) => functionRoles.get(functionName),
    role: (arn) => byArn.get(arn),
    mayRole: ({ arn, statements }, action, resource, context = {}) =>
      decide(
        { caller: { kind: 'role', arn }, action, resource, context: { ...OVER_TLS, ...context } },
        { identity: statements, resource: onResource.get(ownerOf(resource)) ?? [] },
      ),
    mayService: (name, action, resource, sourceArn) =>
      decide(
        { caller: { kind: 'service', name }, action, resource, context: from(sourceArn) },
        { identity: [], resource: onResource.get(ownerOf(resource)) ?? [] },
      ),
    mayAssume: ({ trust }, service, sourceArn) => mayAssume(trust, service, from(sourceArn)),
    hasPolicy: (arn) => onResource.has(arn),
  };
}
