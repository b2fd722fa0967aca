/** A rule that cannot be loaded: outside the subset of AWS IoT SQL that runs here, or no SQL at all. */
export class SqlSyntaxError extends Error {
  /** The character at which reading stopped, from 1. */
  readonly position: number;

  constructor(position: number, expected: string, found?: string) {
    super(`rule SQL, character ${position}: expected ${expected}${found === undefined ? '' : `, found ${found}`}`);
    this.name = 'SqlSyntaxError';
    this.position = position;
  }
}

/** A message that a rule cannot be applied to, such as one that is no JSON where the rule reads a field of it. */
export class SqlEvaluationError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'SqlEvaluationError';
  }
}
