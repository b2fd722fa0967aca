/** The one error that callers of an API may see; everything else becomes "internal error" and goes to the log. */
export class VisibleError extends Error {
  override readonly name = 'VisibleError';
  readonly status: 400 | 401 | 403 | 404 | 409 | 422;
  /** A stable word for programs, beside the sentence for people. */
  readonly code: string;

  constructor(status: VisibleError['status'], code: string, sentence: string) {
    super(sentence);
    this.status = status;
    this.code = code;
  }
}

/** What belongs to somebody else does not exist. */
export const notFound = (what: string): VisibleError => new VisibleError(404, 'not-found', `there is no such ${what}`);
