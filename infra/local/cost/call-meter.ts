/** Counts what functions ask of services over the endpoint, as far as the services do not know better themselves. */
import type { AwsHandler, AwsRequest } from '../aws-request.ts';
import type { Service } from '../endpoint/call.ts';
import type { Count } from './billed.ts';
import type { Stages } from './stages.ts';
import { IOT_UNIT_BYTES, PAYLOAD_UNIT_BYTES, SHADOW_UNIT_BYTES, unitsOf } from './units.ts';

export function meteredCalls(service: Service, handle: AwsHandler, count: Count, stages: Stages): AwsHandler {
  return (request) => {
    const stage = stages.ofFunction(request.caller);
    if (stage !== undefined) countCall(service, request, (what, amount) => count(what, amount, stage));
    return handle(request);
  };
}

function countCall(service: Service, { path, body }: AwsRequest, count: (...counted: [what: Parameters<Count>[0], amount: number]) => void): void {
  if (service === 'sqs') return count('sqs.requests', unitsOf(body.length, PAYLOAD_UNIT_BYTES));
  if (service === 'secretsmanager') return count('secrets.calls', 1);
  if (service === 'ses') return count('ses.emails', 1);
  if (service !== 'iot-data') return;
  if (path.startsWith('/things/')) return count('iot.shadowOperations', unitsOf(body.length, SHADOW_UNIT_BYTES));
  if (path.startsWith('/topics/')) count('iot.messages', unitsOf(body.length, IOT_UNIT_BYTES));
}
