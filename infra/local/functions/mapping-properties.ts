/** The properties of an event source mapping, resolved. What is not known here is refused: ignored, it would behave otherwise than deployed. */
import { z } from 'zod';

/** Builds a test from an event pattern; the bus has the one implementation. */
export type CompilePattern = (pattern: unknown) => (event: unknown) => boolean;

const seconds = z.int().min(0);
const mappingPropertiesSchema = z.strictObject({
  EventSourceArn: z.string(),
  FunctionName: z.string(),
  Enabled: z.boolean().default(true),
  BatchSize: z.int().min(1).max(10_000).optional(),
  /** A maximum: here a batch goes as soon as the burst that it belongs to has settled. */
  MaximumBatchingWindowInSeconds: seconds.default(0),
  FunctionResponseTypes: z.array(z.literal('ReportBatchItemFailures')).default([]),
  FilterCriteria: z.looseObject({ Filters: z.array(z.strictObject({ Pattern: z.string() })).default([]) }).optional(),
  ScalingConfig: z.strictObject({ MaximumConcurrency: z.int().min(2).max(1_000) }).optional(),
  BisectBatchOnFunctionError: z.boolean().default(false),
  /** −1 is for ever, Lambda's own default. */
  MaximumRetryAttempts: z.int().min(-1).max(10_000).default(-1),
  MaximumRecordAgeInSeconds: z.int().min(-1).max(604_800).default(-1),
  DestinationConfig: z.looseObject({ OnFailure: z.strictObject({ Destination: z.string() }).optional() }).optional(),
  /** Here a mapping is as old as its table, so the end and the beginning are the same. */
  StartingPosition: z.enum(['TRIM_HORIZON', 'LATEST']).optional(),
  /** Records go strictly in order here, which is the order per key that more parallel batches would keep as well. */
  ParallelizationFactor: z.int().min(1).max(10).optional(),
  Tags: z.unknown().optional(),
});

export interface EventSourceMapping {
  /** The logical id: names the position that outlives a restart. */
  readonly id: string;
  readonly sourceArn: string;
  readonly functionName: string;
  readonly enabled: boolean;
  readonly batchSize: number;
  readonly gathers: boolean;
  readonly reportsItemFailures: boolean;
  readonly matches: (record: unknown) => boolean;
  readonly concurrencyMax: number | undefined;
  readonly bisects: boolean;
  readonly retriesMax: number;
  readonly recordAgeMaxSeconds: number;
  readonly onFailureArn: string | undefined;
}

/** Lambda API reference, CreateEventSourceMapping: 10 messages of a queue, 100 records of a stream. */
const defaultBatchSize = (sourceArn: string): number => (sourceArn.includes(':sqs:') ? 10 : 100);

export function readMapping(id: string, properties: unknown, compilePattern: CompilePattern): EventSourceMapping {
  const parsed = mappingPropertiesSchema.safeParse(properties);
  if (!parsed.success) throw new Error(`event source mapping ${id}: ${z.prettifyError(parsed.error)}`);
  const { data } = parsed;
  const filters = (data.FilterCriteria?.Filters ?? []).map(({ Pattern }) => compilePattern(JSON.parse(Pattern)));
  return {
    id,
    sourceArn: data.EventSourceArn,
    functionName: data.FunctionName.split(':').at(-1) ?? data.FunctionName,
    enabled: data.Enabled,
    batchSize: data.BatchSize ?? defaultBatchSize(data.EventSourceArn),
    gathers: data.MaximumBatchingWindowInSeconds > 0,
    reportsItemFailures: data.FunctionResponseTypes.length > 0,
    matches: filters.length === 0 ? () => true : (record) => filters.some((matches) => matches(record)),
    concurrencyMax: data.ScalingConfig?.MaximumConcurrency,
    bisects: data.BisectBatchOnFunctionError,
    retriesMax: data.MaximumRetryAttempts,
    recordAgeMaxSeconds: data.MaximumRecordAgeInSeconds,
    onFailureArn: data.DestinationConfig?.OnFailure?.Destination,
  };
}
