/** What every SDK client of these tests is given. */
export const clientOf = (url: string, accessKeyId = 'KEY-OF-INGEST') => ({
  endpoint: url,
  region: 'eu-central-1',
  credentials: { accessKeyId, secretAccessKey: 'not looked at' },
  maxAttempts: 1,
});

export const principals: ReadonlyMap<string, string> = new Map([['KEY-OF-INGEST', 'ingest-telemetry']]);

/** The exception that a call ends with. */
export async function failureOf(call: Promise<unknown>): Promise<{ name: string; message: string; status: number | undefined }> {
  try {
    await call;
  } catch (error) {
    if (error instanceof Error) return { name: error.name, message: error.message, status: statusOf(error) };
  }
  throw new Error('expected the call to fail');
}

function statusOf(error: Error): number | undefined {
  const metadata: unknown = '$metadata' in error ? error.$metadata : undefined;
  const status: unknown = typeof metadata === 'object' && metadata !== null && 'httpStatusCode' in metadata ? metadata.httpStatusCode : undefined;
  return typeof status === 'number' ? status : undefined;
}
