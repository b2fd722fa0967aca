/** Stage 1. Who comes and goes, told by the broker and by the devices themselves → whether a device is connected, once for each change. */
import type { SQSRecord } from 'aws-lambda';
import { noteFacts } from './follow-presence/note-facts.ts';
import { readPresence } from './follow-presence/read-presence.ts';
import { batchWorker } from './runtime/worker.ts';

/** Many messages of one device in a batch are one write. Answers the messages that must come again. */
const follow = async (records: SQSRecord[]): Promise<string[]> => noteFacts(readPresence(records));

export const handler = batchWorker(follow);
