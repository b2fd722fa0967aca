/**
 * Looks at the fixed headers of what a client sends (MQTT 3.1.1 §2.2). The broker's own parser collects a packet of up to
 * 256 MB before anybody may judge it, even from a client that has not said who it is; this stops at the header.
 */
import type { Duplex } from 'node:stream';
import { PACKET_BYTES_MAX } from './limits.ts';

const DISCONNECT = 14;
const LENGTH_BYTES_MAX = 4;

export class PacketScanner {
  /** The client has said goodbye: its will is void. */
  hasSaidGoodbye = false;
  #skip = 0;
  #type: number | undefined;
  #length = 0;
  #lengthBytes = 0;

  /** What is wrong with a packet that begins in this chunk, if anything is. */
  scan(chunk: Buffer): string | undefined {
    let at = 0;
    while (at < chunk.length) {
      const skipped = Math.min(this.#skip, chunk.length - at);
      this.#skip -= skipped;
      at += skipped;
      const byte = chunk[at];
      if (byte === undefined) return undefined;
      at += 1;
      if (!this.#takeHeaderByte(byte)) return `a packet has at most ${PACKET_BYTES_MAX} bytes`;
    }
    return undefined;
  }

  #takeHeaderByte(byte: number): boolean {
    if (this.#type === undefined) {
      this.#type = byte >> 4;
      return true;
    }
    this.#length += (byte & 127) * 128 ** this.#lengthBytes;
    this.#lengthBytes += 1;
    if (this.#length > PACKET_BYTES_MAX) return false;
    if (byte > 127) return this.#lengthBytes < LENGTH_BYTES_MAX;
    if (this.#type === DISCONNECT) this.hasSaidGoodbye = true;
    this.#skip = this.#length;
    this.#type = undefined;
    this.#length = 0;
    this.#lengthBytes = 0;
    return true;
  }
}

/** Scans whatever is read from a connection from now on, and ends the connection at the first packet that is too long. */
export function scanReads(socket: Duplex): PacketScanner {
  const scanner = new PacketScanner();
  const read = socket.read.bind(socket);
  socket.read = (size?: number): unknown => {
    const chunk: unknown = read(size);
    const problem = Buffer.isBuffer(chunk) ? scanner.scan(chunk) : undefined;
    if (problem === undefined) return chunk;
    socket.destroy(new Error(problem));
    return null;
  };
  return scanner;
}
