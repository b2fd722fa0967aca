/** One entry of a batch is refused, the others are carried out: EventBridge, SQS and DynamoDB answer such a call with 200. */
import { z } from 'zod';
import type { AwsHandler, AwsRequest, AwsResponse } from '../aws-request.ts';
import type { Service } from '../endpoint/call.ts';

export interface PartialFailure {
  /** Which part, for whoever reads the log. */
  readonly refused: string;
  carryOut(handle: AwsHandler): Promise<AwsResponse>;
}

const entries = z.looseObject({ Entries: z.array(z.looseObject({ Id: z.string().optional() })).min(1) });
const keysOfTable = z.looseObject({ Keys: z.array(z.unknown()).min(1) });
const requestItems = z.looseObject({ RequestItems: z.record(z.string(), keysOfTable) });

/** Undefined for a call that is no batch. */
export function refusePart(service: Service, operation: string, request: AwsRequest): PartialFailure | undefined {
  if (service === 'events' && operation === 'PutEvents') return lastEvent(request);
  if (service === 'sqs' && operation === 'SendMessageBatch') return lastMessage(request);
  if (service === 'dynamodb' && operation === 'BatchGetItem') return lastKey(request);
  return undefined;
}

function lastEvent(request: AwsRequest): PartialFailure | undefined {
  const body = entries.safeParse(jsonOf(request.body));
  if (!body.success) return undefined;
  const rest = body.data.Entries.slice(0, -1);
  const failed = { ErrorCode: 'ThrottlingException', ErrorMessage: 'Rate exceeded' };
  return {
    refused: `entry ${rest.length}`,
    carryOut: async (handle) => {
      if (rest.length === 0) return answer(request, { FailedEntryCount: 1, Entries: [failed] });
      const { response, value } = await carryOutRest(request, { ...body.data, Entries: rest }, handle, answeredEvents);
      return value === undefined ? response : answer(request, { FailedEntryCount: value.FailedEntryCount + 1, Entries: [...value.Entries, failed] });
    },
  };
}
const answeredEvents = z.looseObject({ FailedEntryCount: z.int(), Entries: z.array(z.unknown()) });

function lastMessage(request: AwsRequest): PartialFailure | undefined {
  const body = entries.safeParse(jsonOf(request.body));
  const last = body.data?.Entries.at(-1);
  if (!body.success || last === undefined) return undefined;
  const rest = body.data.Entries.slice(0, -1);
  const failed = { Id: last.Id ?? '', SenderFault: false, Code: 'InternalError', Message: 'We encountered an internal error. Please try again.' };
  return {
    refused: `entry ${failed.Id}`,
    carryOut: async (handle) => {
      if (rest.length === 0) return answer(request, { Successful: [], Failed: [failed] });
      const { response, value } = await carryOutRest(request, { ...body.data, Entries: rest }, handle, answeredMessages);
      return value === undefined ? response : answer(request, { ...value, Failed: [...value.Failed, failed] });
    },
  };
}
const answeredMessages = z.looseObject({ Successful: z.array(z.unknown()).default([]), Failed: z.array(z.unknown()).default([]) });

function lastKey(request: AwsRequest): PartialFailure | undefined {
  const body = requestItems.safeParse(jsonOf(request.body));
  const [table, asked] = Object.entries(body.data?.RequestItems ?? {})[0] ?? [];
  if (!body.success || table === undefined || asked === undefined) return undefined;
  const unprocessed = { [table]: { ...asked, Keys: asked.Keys.slice(-1) } };
  const rest = asked.Keys.slice(0, -1);
  const { [table]: _, ...others } = body.data.RequestItems;
  const left = rest.length === 0 ? others : { ...others, [table]: { ...asked, Keys: rest } };
  return {
    refused: `a key of ${table}`,
    carryOut: async (handle) => {
      if (Object.keys(left).length === 0) return answer(request, { Responses: {}, UnprocessedKeys: unprocessed });
      const { response, value } = await carryOutRest(request, { ...body.data, RequestItems: left }, handle, answeredKeys);
      return value === undefined ? response : answer(request, { ...value, UnprocessedKeys: unprocessed });
    },
  };
}
const answeredKeys = z.looseObject({ Responses: z.record(z.string(), z.unknown()) });

async function carryOutRest<Schema extends z.ZodType>(request: AwsRequest, body: object, handle: AwsHandler, schema: Schema) {
  const response = await handle({ ...request, body: Buffer.from(JSON.stringify(body)) });
  // What failed as a whole is left as it is.
  const value = response.status === 200 ? schema.safeParse(jsonOf(Buffer.from(response.body))).data : undefined;
  return { response, value };
}

function jsonOf(text: Buffer): unknown {
  try {
    return JSON.parse(text.toString('utf8'));
  } catch {
    return undefined;
  }
}

const answer = ({ headers }: AwsRequest, value: object): AwsResponse => ({
  status: 200,
  headers: { 'content-type': headers['content-type'] ?? 'application/json' },
  body: JSON.stringify(value),
});
