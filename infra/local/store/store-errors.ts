import { z } from 'zod';

/** What a person must read: one sentence that names the folder or table, what is wrong and what to do. */
export class StoreError extends Error {
  override readonly name = 'StoreError';
}

/** A refusal on the wire, in DynamoDB's own words. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;

  constructor(status: number, body: Readonly<Record<string, unknown>>) {
    super(typeof body['message'] === 'string' ? body['message'] : String(body['__type']));
    this.status = status;
    this.body = body;
  }
}

const VERSION = 'com.amazonaws.dynamodb.v20120810';
export const unknownOperation = (message: string): ApiError => new ApiError(400, { __type: 'com.amazon.coral.service#UnknownOperationException', message });
export const serializationError = (message: string): ApiError => new ApiError(400, { __type: 'com.amazon.coral.service#SerializationException', message });
export const validationError = (message: string): ApiError => new ApiError(400, { __type: 'com.amazon.coral.validate#ValidationException', message });
export const tableNotFound = (table: string): ApiError =>
  new ApiError(400, { __type: `${VERSION}#ResourceNotFoundException`, message: `Requested resource not found: Table: ${table} not found` });
export const requestTooLarge = (): ApiError =>
  new ApiError(413, { __type: 'com.amazon.coral.service#RequestEntityTooLargeException', message: 'The request is larger than 16 MB' });
export const internalError = (message: string): ApiError => new ApiError(500, { __type: `${VERSION}#InternalServerError`, message });

/** The shape of what dynalite throws and calls back with. */
const dynaliteErrorSchema = z.object({ statusCode: z.number(), body: z.record(z.string(), z.unknown()) });

/** Makes a wire answer of anything that was thrown on the way. Only our own bugs and a broken disk become a 500, which callers retry. */
export function toApiError(thrown: unknown): ApiError {
  if (thrown instanceof ApiError) return thrown;
  const known = dynaliteErrorSchema.safeParse(thrown);
  if (known.success) return new ApiError(known.data.statusCode, known.data.body);
  return internalError(thrown instanceof Error ? thrown.message : String(thrown));
}

export const isConditionFailure = (error: ApiError): boolean => String(error.body['__type']).endsWith('#ConditionalCheckFailedException');

const codedErrorSchema = z.object({ code: z.string().optional(), message: z.string() });
const causedSchema = z.object({ cause: codedErrorSchema });

/** level wraps what the disk said in a general error; the reason is its cause. */
function reasonOf(thrown: unknown): z.infer<typeof codedErrorSchema> {
  if (thrown instanceof SyntaxError || thrown instanceof z.ZodError)
    return { code: 'LEVEL_CORRUPTION', message: 'something else stands where an entry should be' };
  const caused = causedSchema.safeParse(thrown);
  if (caused.success) return caused.data.cause;
  const plain = codedErrorSchema.safeParse(thrown);
  return plain.success ? plain.data : { message: String(thrown) };
}

/** What is wrong with a data folder, as one sentence for the person who started the local cloud. A StoreError from inside speaks of the folder without naming it. */
export function folderError(directory: string, thrown: unknown): StoreError {
  if (thrown instanceof StoreError) return new StoreError(`The data folder ${directory} ${thrown.message}`, { cause: thrown });
  const { code = '', message } = reasonOf(thrown);
  return new StoreError(`The data folder ${directory} ${explanation(code, message)}`, { cause: thrown });
}

function explanation(code: string, message: string): string {
  if (code === 'LEVEL_LOCKED') return 'is in use by another running Nachschub: stop that one first, or choose another folder.';
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS' || /permission denied|read-only file system|operation not permitted/i.test(message))
    return `may not be written by this user: correct its permissions, or choose another folder (${message}).`;
  if (code === 'ENOSPC' || /no space left|quota exceeded/i.test(message))
    return 'is on a disk that is full: free some space and start again; nothing that was confirmed is lost.';
  if (code === 'EEXIST' || code === 'ENOTDIR') return 'is not a folder: a file stands in its place; move the file away, or choose another folder.';
  if (code === 'LEVEL_CORRUPTION' || /does not exist|no such file/i.test(message))
    return `is damaged (${message}): restore it from a copy, or move it away to begin with an empty store.`;
  return `cannot be used (${message}): correct that, or choose another folder.`;
}
