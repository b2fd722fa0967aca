/** What the functions log, which goes to standard output as lines of JSON. */
import { z } from 'zod';

const lineSchema = z.looseObject({
  level: z.string(),
  message: z.string(),
  journal: z.string().optional(),
  outcomes: z.array(z.array(z.unknown())).default([]),
  correlationid: z.string().optional(),
});
/** A line of CloudWatch's embedded metric format. */
const metricsSchema = z.looseObject({ _aws: z.looseObject({ CloudWatchMetrics: z.array(z.unknown()) }) });
export type MetricsLine = z.infer<typeof metricsSchema>;
export type LogLine = z.infer<typeof lineSchema>;

/** Keeps the lines for a test and off the screen; other output passes. */
export function catchLog(): { readonly lines: LogLine[]; readonly metrics: MetricsLine[]; stop(): void } {
  const lines: LogLine[] = [];
  const metrics: MetricsLine[] = [];
  const stops = [process.stdout, process.stderr].map((stream) => {
    const write = stream.write.bind(stream);
    stream.write = (chunk: string | Uint8Array): boolean => {
      const text = typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString();
      const found = jsonOf(text);
      const [line, measured] = [lineSchema.safeParse(found), metricsSchema.safeParse(found)];
      if (line.success) lines.push(line.data);
      else if (measured.success) metrics.push(measured.data);
      return line.success || measured.success || write(chunk);
    };
    return () => (stream.write = write);
  });
  return {
    lines,
    metrics,
    stop: () => {
      for (const stop of stops) stop();
    },
  };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
