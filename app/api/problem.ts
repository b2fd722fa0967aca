/** Why the API did not do what was asked. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';
  /** Of HTTP; 0 when no answer came at all. */
  readonly status: number;
  /** A stable word: `not-found`, `stale-quote`; `offline` when no answer came. */
  readonly code: string;
  readonly detail: string;
  /** The whole problem document: some refusals say more, such as how things stand now. */
  readonly document: Readonly<Record<string, unknown>>;

  constructor(status: number, code: string, detail: string, document: Readonly<Record<string, unknown>> = {}) {
    super(`${code}: ${detail}`);
    this.status = status;
    this.code = code;
    this.detail = detail;
    this.document = document;
  }

  /** Nothing came back: it may have arrived or not. */
  get isOffline(): boolean {
    return this.status === 0;
  }
}

const record = (value: unknown): Record<string, unknown> => (typeof value === 'object' && value !== null ? { ...value } : {});
const textOf = (value: unknown, otherwise: string): string => (typeof value === 'string' && value !== '' ? value : otherwise);

/** A refusal of ours is a problem document (RFC 9457); the gateway before us says a `message`. */
export async function problemOf(response: Response): Promise<ApiProblem> {
  const body = record(await response.json().catch(() => undefined));
  const fallback = response.status === 429 ? 'too-many-requests' : response.status >= 500 ? 'internal-error' : 'refused';
  return new ApiProblem(response.status, textOf(body['title'], fallback), textOf(body['detail'] ?? body['message'], response.statusText), body);
}

export const asProblem = (error: unknown): ApiProblem =>
  error instanceof ApiProblem ? error : new ApiProblem(0, 'offline', error instanceof Error ? error.message : 'no answer came');
