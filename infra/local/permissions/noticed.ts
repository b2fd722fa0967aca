/** Says what would notice a change of the template: the start, which refuses it, or something that a run has been seen doing. */
import { readPolicy } from '../broker/policy.ts';
import type { ResolvedResource } from '../template/read-assembly.ts';
import type { Mutation } from './mutations.ts';
import { readPermissions, type Permissions } from './permissions.ts';
import { ofType } from './roles.ts';
import type { Used } from './usage.ts';
import { missingGrants, wiresOf } from './wires.ts';

type Resources = readonly ResolvedResource[];

/** Why the change does not go unnoticed; undefined when it does. */
export type Notice = (mutation: Mutation) => string | undefined;

/** @throws Error when the template as it stands already lacks something, since every change would then seem to be noticed */
export function noticeIn(resources: Resources, used: Used): Notice {
  const wires = wiresOf(resources);
  const lacks = (changed: Resources): string | undefined => {
    const permissions = readPermissions(changed);
    return missingGrants(wires, permissions)[0] ?? deniedOf(permissions, used);
  };
  const already = lacks(resources);
  if (already !== undefined) throw new Error(`the template as it stands lacks a permission: ${already}`);
  const variables = new Set(used.variables.map(({ function: name, name: variable }) => `${name} ${variable}`));
  return (mutation) => {
    switch (mutation.kind) {
      case 'grant':
        return lacks(mutation.without());
      case 'thing grant':
        return deniedThing(mutation.without(), used);
      case 'variable':
        return variables.has(`${mutation.functionName} ${mutation.variable}`) ? 'the function reads it' : undefined;
      case 'route':
        return used.routes.includes(mutation.routeKey) ? 'it was called' : undefined;
    }
  };
}

/** The first thing that would be denied something now that it was allowed. */
function deniedThing(changed: Resources, { things }: Used): string | undefined {
  const policies = ofType(changed, 'AWS::IoT::Policy').map(({ name, properties }) => readPolicy({ name, document: properties['PolicyDocument'] }));
  const denied = things.find(({ action, resource, context }) => !policies.some((policy) => policy.of(context)(action, resource).includes('Allow')));
  return denied && `${denied.context['iot:ClientId'] ?? 'a thing'} did ${denied.action} on ${denied.resource}`;
}

/** The first of the recorded calls that would be denied now. */
function deniedOf(permissions: Permissions, { decisions }: Used): string | undefined {
  for (const { function: name, action, resource, viaService, fromAddress } of decisions) {
    const role = permissions.roleOf(name);
    // A function that the template no longer has says nothing about its permissions.
    if (role === undefined) continue;
    const context = { ...(viaService !== undefined && { 'kms:ViaService': viaService }), ...(fromAddress !== undefined && { 'ses:FromAddress': fromAddress }) };
    const decision = permissions.mayRole(role, action, resource, context);
    if (decision !== 'allowed') return `${name} did ${action} on ${resource}`;
  }
  return undefined;
}
