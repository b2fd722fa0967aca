/** The metrics that a line of CloudWatch's embedded metric format makes: each name with each set of dimensions is one, billed by the month. */
import { z } from 'zod';

const lineSchema = z.looseObject({
  _aws: z.object({
    CloudWatchMetrics: z.array(
      z.object({ Namespace: z.string(), Dimensions: z.array(z.array(z.string())), Metrics: z.array(z.looseObject({ Name: z.string() })) }),
    ),
  }),
});

/** Names such as `Nachschub/ingest-telemetry/ReadingsApplied`; none for any other line. */
export function metricsOf(line: string): string[] {
  if (!line.includes('"_aws"')) return [];
  const parsed = lineSchema.safeParse(parseJson(line));
  if (!parsed.success) return [];
  const valueOf = (name: string) => String(parsed.data[name]);
  return parsed.data._aws.CloudWatchMetrics.flatMap(({ Namespace, Dimensions, Metrics }) =>
    Dimensions.flatMap((dimensions) => Metrics.map(({ Name }) => [Namespace, ...dimensions.map(valueOf), Name].join('/'))),
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
