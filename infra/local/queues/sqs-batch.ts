/** Batches of the SQS API: each entry succeeds or fails alone. */
import { z } from 'zod';
import { AwsError } from '../endpoint/aws-answer.ts';
import { sqsError } from './sqs-input.ts';

const ENTRIES_MAX = 10;
const ENTRY_ID = /^[A-Za-z0-9_-]{1,80}$/;

interface FailedEntry {
  readonly Id: string;
  readonly SenderFault: boolean;
  readonly Code: string;
  readonly Message: string;
}

export interface BatchAnswer {
  readonly Successful: object[];
  readonly Failed: FailedEntry[];
}

type Entry = Readonly<Record<string, unknown>> & { readonly Id: string };

function checkEntries(entries: readonly Entry[]): void {
  const refuse = (name: string, message: string) => sqsError(name, message, `AWS.SimpleQueueService.${name}`);
  if (entries.length === 0) throw refuse('EmptyBatchRequest', 'There should be at least one entry in the request.');
  if (entries.length > ENTRIES_MAX) throw refuse('TooManyEntriesInBatchRequest', `Maximum number of entries per request are ${ENTRIES_MAX}.`);
  if (new Set(entries.map(({ Id }) => Id)).size < entries.length) throw refuse('BatchEntryIdsNotDistinct', 'Two or more batch entries have the same Id.');
  const bad = entries.find(({ Id }) => !ENTRY_ID.test(Id));
  if (bad) throw refuse('InvalidBatchEntryId', `The batch entry id '${bad.Id}' may have letters, digits, hyphens and underscores, at most 80.`);
}

/**
 * Carries out every entry at once; whatever the caller did wrong about one is its answer, and anything else fails the request.
 * @throws AwsError when the batch as a whole is wrong
 */
export async function eachEntry<Schema extends z.ZodType>(
  entries: readonly Entry[],
  schema: Schema,
  carryOut: (entry: z.infer<Schema>) => object | Promise<object>,
): Promise<BatchAnswer> {
  checkEntries(entries);
  const outcomes = await Promise.all(
    entries.map(async (entry): Promise<{ done: object } | { failed: FailedEntry }> => {
      try {
        const parsed = schema.safeParse(entry);
        if (!parsed.success) throw new AwsError('InvalidParameterValue', z.prettifyError(parsed.error));
        return { done: { Id: entry.Id, ...(await carryOut(parsed.data)) } };
      } catch (error) {
        if (!(error instanceof AwsError)) throw error;
        return { failed: { Id: entry.Id, SenderFault: true, Code: error.code, Message: error.message } };
      }
    }),
  );
  return {
    Successful: outcomes.flatMap((outcome) => ('done' in outcome ? [outcome.done] : [])),
    Failed: outcomes.flatMap((outcome) => ('failed' in outcome ? [outcome.failed] : [])),
  };
}
