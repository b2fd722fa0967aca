import type { IncomingMessage } from 'node:http';
import { AwsError } from './aws-answer.ts';

export class BodyTooLarge extends AwsError {
  constructor(bytesMax: number) {
    super('RequestEntityTooLargeException', `expected a body of at most ${bytesMax} bytes`, { status: 413 });
  }
}

/** @throws BodyTooLarge as soon as it is known, without reading on. */
export function readBody(incoming: IncomingMessage, bytesMax: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    if (Number(incoming.headers['content-length'] ?? 0) > bytesMax) {
      reject(new BodyTooLarge(bytesMax));
      return;
    }
    const chunks: Buffer[] = [];
    let bytes = 0;
    incoming.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > bytesMax) {
        incoming.pause();
        reject(new BodyTooLarge(bytesMax));
        return;
      }
      chunks.push(chunk);
    });
    incoming.on('end', () => resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)));
    incoming.on('error', reject);
    incoming.on('close', () => reject(new Error('the connection closed before the whole body had come')));
  });
}
