/** What the template wires together, and the permission that each wire needs: an AWS service that calls, or a service that acts in a role. */
import { z } from 'zod';
import { REGION } from '../template/identity.ts';
import type { ResolvedResource } from '../template/read-assembly.ts';
import { eventWires } from './event-wires.ts';
import { keysOf } from './keys.ts';
import { arn, decrypt } from './needs.ts';
import type { Permissions } from './permissions.ts';
import { ofType, read } from './roles.ts';
import { siteWires } from './site-wires.ts';
import type { Wire } from './wire.ts';

type Resources = readonly ResolvedResource[];

const functionSchema = z.looseObject({ Role: z.string(), LoggingConfig: z.looseObject({ LogGroup: z.string().optional() }).optional() });

/** Lambda takes the role on, and writes what the function says into its log group. */
const functionWires = (resources: Resources): Wire[] =>
  ofType(resources, 'AWS::Lambda::Function').flatMap((resource) => {
    const { Role: roleArn, LoggingConfig: logging } = read(resource, functionSchema);
    const group = logging?.LogGroup;
    // A group that the template does not make has to be made by the function.
    const actions = ['logs:CreateLogStream', 'logs:PutLogEvents', ...(group === undefined ? ['logs:CreateLogGroup'] : [])];
    const stream = arn('logs', `log-group:${group ?? `/aws/lambda/${resource.name}`}:log-stream:local`);
    const of = resource.logicalId;
    return [
      {
        ...{ what: `Lambda → the role of ${resource.name}`, of, action: 'sts:AssumeRole', resource: roleArn },
        ...{ by: 'trust', roleArn, service: 'lambda.amazonaws.com', sourceArn: resource.attributes['Arn'] ?? '' },
      },
      ...actions.map((action): Wire => ({ what: `${resource.name} → its log`, of, action, resource: stream, by: 'role', roleArn })),
    ];
  });

const mappingSchema = z.looseObject({
  EventSourceArn: z.string(),
  FunctionName: z.string(),
  DestinationConfig: z.looseObject({ OnFailure: z.looseObject({ Destination: z.string() }).optional() }).optional(),
});
const QUEUE_ACTIONS = ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'];
const STREAM_ACTIONS = ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator', 'dynamodb:ListStreams'];

/** Lambda polls in the function's role (Lambda developer guide, “Using Lambda with Amazon SQS” and “… with Amazon DynamoDB”). */
function mappingWires(resources: Resources): Wire[] {
  const keys = keysOf(resources);
  return ofType(resources, 'AWS::Lambda::EventSourceMapping').flatMap((resource) => {
    const { EventSourceArn: source, FunctionName, DestinationConfig: destination } = read(resource, mappingSchema);
    const reader = ofType(resources, 'AWS::Lambda::Function').find(({ name, attributes }) => [name, attributes['Arn']].includes(FunctionName));
    if (reader === undefined) throw new Error(`${resource.logicalId} (${resource.type}) names ${FunctionName}, which is no function of the template`);
    const { Role: roleArn } = read(reader, functionSchema);
    const isQueue = source.includes(':sqs:');
    const [protectedBy = source] = source.split('/stream/');
    const failed = destination?.OnFailure?.Destination;
    const needs = [
      ...(isQueue ? QUEUE_ACTIONS : STREAM_ACTIONS).map((action) => ({ action, resource: source })),
      ...decrypt(protectedBy, isQueue ? 'sqs' : 'dynamodb', (id) => keys.get(id)),
      ...(failed === undefined ? [] : [{ action: 'sqs:SendMessage', resource: failed }]),
    ];
    const viaService = `${isQueue ? 'sqs' : 'dynamodb'}.${REGION}.amazonaws.com`;
    return needs.map(({ action, resource: needed }): Wire => ({
      ...{ what: `${resource.logicalId}, from ${source} to ${reader.name}`, of: resource.logicalId, action, resource: needed, by: 'role', roleArn },
      ...(action.startsWith('kms:') && { viaService }),
    }));
  });
}

const KEY_ACTIONS = ['kms:GenerateDataKey', 'kms:Decrypt'];
/** Whoever puts a message on a queue or topic that a key of ours protects needs the key as well. */
function keyWires(wire: Wire, keys: ReadonlyMap<string, string>): Wire[] {
  const key = keys.get(wire.resource);
  if (key === undefined || !['sqs:SendMessage', 'sns:Publish'].includes(wire.action)) return [];
  const viaService = `${wire.action.slice(0, 3)}.${REGION}.amazonaws.com`;
  return KEY_ACTIONS.map((action) => ({ ...wire, action, resource: key, ...(wire.by === 'role' && { viaService }) }));
}

export function wiresOf(resources: Resources): Wire[] {
  const keys = keysOf(resources);
  return [...functionWires(resources), ...mappingWires(resources), ...eventWires(resources), ...siteWires(resources)].flatMap((wire) => [
    wire,
    ...keyWires(wire, keys),
  ]);
}

/** What AWS would refuse while it deploys the wire, or at its first message. */
export function missingGrants(wires: readonly Wire[], permissions: Permissions): string[] {
  return wires.flatMap((wire) => {
    const why = whyNot(wire, permissions);
    return why === undefined ? [] : [`${wire.of}: ${wire.what} needs ${wire.action} on ${wire.resource}: ${why}`];
  });
}

function whyNot(wire: Wire, permissions: Permissions): string | undefined {
  if (wire.by === 'service') {
    // Without a policy of its own a topic takes what comes from its own account, and a queue or function takes nothing.
    if (wire.action === 'sns:Publish' && !permissions.hasPolicy(wire.resource)) return undefined;
    const decision = permissions.mayService(wire.service, wire.action, wire.resource, wire.sourceArn);
    return decision === 'allowed' ? undefined : `${wire.service} is ${decision} to do so for ${wire.sourceArn}`;
  }
  const role = permissions.role(wire.roleArn);
  if (role === undefined) return `${wire.roleArn} is no role of the template`;
  if (wire.by === 'trust') return permissions.mayAssume(role, wire.service, wire.sourceArn) ? undefined : `${role.name} does not trust ${wire.service}`;
  const context = wire.viaService === undefined ? {} : { 'kms:ViaService': wire.viaService };
  const decision = permissions.mayRole(role, wire.action, wire.resource, context);
  return decision === 'allowed' ? undefined : `${role.name} is ${decision}`;
}

/** @throws Error naming every wire that lacks its permission */
export function refuseMissingGrants(resources: Resources, permissions: Permissions): void {
  const missing = missingGrants(wiresOf(resources), permissions);
  if (missing.length > 0) throw new Error(`The template wires what it does not permit:\n  ${missing.join('\n  ')}`);
}
