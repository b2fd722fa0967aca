/** A short request's body as text. */
import type { IncomingMessage } from 'node:http';

/** What is longer than allowed is read to its end and thrown away: nothing that is cut off is taken for a whole. */
export async function readText(request: IncomingMessage, bytesMax: number): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    if (!Buffer.isBuffer(chunk)) continue;
    bytes += chunk.length;
    if (bytes <= bytesMax) chunks.push(chunk);
  }
  return bytes > bytesMax ? '' : Buffer.concat(chunks).toString('utf8');
}
