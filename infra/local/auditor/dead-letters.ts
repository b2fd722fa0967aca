/** What nobody could work off: the messages in those queues of the template that no function reads. */
import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { Access } from '../cloud/control.ts';
import { queuesOf } from '../cloud/definitions.ts';
import { REGION } from '../template/identity.ts';
import { readAssembly } from '../template/read-assembly.ts';
import type { DeadLetter } from './facts.ts';

/** SQS gives ten messages a call. */
const MESSAGES_MAX = 10;
const LETTERS_MAX = 1_000;

/** All of them, or as many as anybody could look into. They stay where they are, and visible. */
export async function deadLetters({ endpointUrl, accessKeyId, secretAccessKey }: Access, assemblyDirectory: string): Promise<DeadLetter[]> {
  const client = new SQSClient({ endpoint: endpointUrl, region: REGION, credentials: { accessKeyId, secretAccessKey } });
  const found: DeadLetter[] = [];
  try {
    for (const { name, url } of queuesOf(readAssembly(assemblyDirectory, { endpointUrl })).filter(({ deadLetter }) => deadLetter === true)) {
      const receive = new ReceiveMessageCommand({ QueueUrl: url, MaxNumberOfMessages: MESSAGES_MAX, VisibilityTimeout: 0, WaitTimeSeconds: 0 });
      const inQueue = new Map<string, DeadLetter>();
      // A queue goes round: what was looked at stands at its end again.
      for (let before = -1; before < inQueue.size && inQueue.size < LETTERS_MAX;) {
        before = inQueue.size;
        const { Messages: messages = [] } = await client.send(receive);
        for (const { MessageId = '', Body = '' } of messages) inQueue.set(MessageId, { queue: name, messageId: MessageId, body: Body });
      }
      found.push(...inQueue.values());
    }
    return found;
  } finally {
    client.destroy();
  }
}
