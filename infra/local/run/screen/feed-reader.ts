/** Reads the window's feed of snapshots, and reads it again when the cloud was away for a while. */
import { setTimeout as delay } from 'node:timers/promises';
import { snapshotSchema, type Snapshot } from '../../window/snapshot.ts';

const AGAIN_WALL_MILLIS = 500;

/** Answers how to stop. @param onConnection false while the cloud cannot be reached */
export function readFeed(url: string, onSnapshot: (snapshot: Snapshot) => void, onConnection: (isThere: boolean) => void = () => undefined): () => void {
  const stop = new AbortController();
  const isOver = (): boolean => stop.signal.aborted;
  const read = async (): Promise<void> => {
    while (!isOver()) {
      try {
        const response = await fetch(`${url}/feed`, { signal: stop.signal });
        if (!response.ok || response.body === null) throw new Error(`the feed answered ${response.status}`);
        onConnection(true);
        await readEvents(response.body, (data) => onSnapshot(snapshotSchema.parse(JSON.parse(data))));
      } catch {
        // A cloud that is being started again answers later.
      }
      if (isOver()) return;
      onConnection(false);
      await delay(AGAIN_WALL_MILLIS, undefined, { signal: stop.signal }).catch(() => undefined);
    }
  };
  void read();
  return () => stop.abort();
}

/** Server-sent events (WHATWG HTML §9.2), as far as our own feed uses them: one `data:` line each. */
async function readEvents(body: ReadableStream<Uint8Array>, onData: (data: string) => void): Promise<void> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of body) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) if (line.startsWith('data: ')) onData(line.slice('data: '.length));
  }
}
