/** The one error that callers of an API may see; everything else becomes "internal error" and goes to the log. */
export class VisibleError extends Error {
  override readonly name = 'VisibleError';
  readonly status: 400 | 401 | 403 | 404 | 409 | 422 | 429;
  /** A stable word for programs, beside the sentence for people. */
  readonly code: string;

  /** Beside the sentence in the problem document (RFC 9457 §3.2): what stands there now, when the caller believed otherwise. */
  readonly beside: { readonly current?: unknown };

  constructor(status: VisibleError['status'], code: string, sentence: string, beside: VisibleError['beside'] = {}) {
    super(sentence);
    this.status = status;
    this.code = code;
    this.beside = beside;
  }
}

/** What belongs to somebody else does not exist. */
export const notFound = (what: string): VisibleError => new VisibleError(404, 'not-found', `there is no such ${what}`);
