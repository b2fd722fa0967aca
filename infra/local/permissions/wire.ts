/** One thing of the template that sets another going, with the permission that it needs. */
export type Wire = {
  /** For a person: `the rule X → the queue Y`. */
  readonly what: string;
  /** Whose template entry is wired: its logical id. */
  readonly of: string;
  readonly action: string;
  readonly resource: string;
} & (
  | { readonly by: 'service'; readonly service: string; readonly sourceArn: string }
  | { readonly by: 'role'; readonly roleArn: string; readonly viaService?: string }
  | { readonly by: 'trust'; readonly roleArn: string; readonly service: string; readonly sourceArn: string }
);
