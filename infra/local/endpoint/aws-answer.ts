/** How the local services answer: AWS JSON, with errors that the SDK turns into exceptions of the same name. */
import { z } from 'zod';
import type { AwsRequest, AwsResponse } from '../aws-request.ts';

interface AwsErrorOptions {
  readonly status?: number;
  readonly headers?: Record<string, string>;
}

/** What a caller did wrong, by the name that the service gives it. Whatever else a handler throws is our own bug and answers 500. */
export class AwsError extends Error {
  readonly code: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;

  constructor(code: string, message: string, { status = 400, headers = {} }: AwsErrorOptions = {}) {
    super(message);
    this.name = 'AwsError';
    this.code = code;
    this.status = status;
    this.headers = headers;
  }
}

type Headers = AwsRequest['headers'];

/** Services answer in the version of the protocol that they were asked in: 1.0 for SQS and DynamoDB, 1.1 for the others. */
const contentTypeFor = (headers: Headers): string => {
  const asked = headers['content-type'] ?? '';
  return asked.startsWith('application/x-amz-json-') ? asked : 'application/json';
};

export const jsonAnswer = (request: AwsRequest, value: unknown): AwsResponse => ({
  status: 200,
  headers: { 'content-type': contentTypeFor(request.headers) },
  body: JSON.stringify(value),
});

/** The name stands in the body for AWS JSON and in a header for REST-JSON, so one form serves both. */
export const errorAnswer = (headers: Headers, error: AwsError): AwsResponse => ({
  status: error.status,
  headers: { ...error.headers, 'content-type': contentTypeFor(headers), 'x-amzn-errortype': error.code },
  body: JSON.stringify({ __type: error.code, message: error.message }),
});

/** @throws AwsError with `code` when the body is no JSON or does not fit the schema; the message names what does not. */
export function parseBody<Schema extends z.ZodType>(request: AwsRequest, schema: Schema, code: string): z.infer<Schema> {
  let value: unknown;
  try {
    value = JSON.parse(request.body.toString('utf8'));
  } catch {
    throw new AwsError('SerializationException', 'expected a JSON body');
  }
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw new AwsError(code, z.prettifyError(parsed.error));
  return parsed.data;
}
