/** What the functions log, which goes to standard output as lines of JSON. */
import { z } from 'zod';

const lineSchema = z.looseObject({
  level: z.string(),
  message: z.string(),
  journal: z.string().optional(),
  outcomes: z.array(z.array(z.unknown())).optional(),
});
export type LogLine = z.infer<typeof lineSchema>;

/** Keeps the lines for a test and off the screen; other output passes. */
export function catchLog(): { readonly lines: LogLine[]; stop(): void } {
  const lines: LogLine[] = [];
  const stops = [process.stdout, process.stderr].map((stream) => {
    const write = stream.write.bind(stream);
    stream.write = (chunk: string | Uint8Array): boolean => {
      const text = typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString();
      const parsed = lineSchema.safeParse(jsonOf(text));
      if (parsed.success) lines.push(parsed.data);
      return parsed.success || write(chunk);
    };
    return () => (stream.write = write);
  });
  return {
    lines,
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
