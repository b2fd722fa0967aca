/** One call of an AWS API as it came over the wire, with the principal that its access key names. */
export interface AwsRequest {
  /** A function's name, or `operator`, `auditor`: whose policy decides. */
  readonly caller: string;
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

export interface AwsResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
}

export type AwsHandler = (request: AwsRequest) => Promise<AwsResponse>;
