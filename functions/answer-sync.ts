/** Stage 10. A device that has connected asks what it missed → its display as it should be now, and the messages it may not have seen. */
import type { SQSRecord } from 'aws-lambda';
import { answerThings } from './answer-sync/answer-things.ts';
import { readRequests } from './answer-sync/read-requests.ts';
import { batchWorker } from './runtime/worker.ts';

/** Who asks several times in a batch is answered once. Answers the messages that must come again. */
const answer = async (records: SQSRecord[]): Promise<string[]> => answerThings(readRequests(records));

export const handler = batchWorker(answer);
