/** What nobody could work off: the messages in those queues of the template that no function reads. */
import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { Access } from '../cloud/control.ts';
import { queuesOf } from '../cloud/definitions.ts';
import { REGION } from '../template/identity.ts';
import { readAssembly } from '../template/read-assembly.ts';
import type { DeadLetter } from './facts.ts';

/** SQS gives ten messages a call. */
const MESSAGES_MAX = 10;

/** At most ten of each queue: one is enough to look into it. They stay where they are, and visible. */
export async function deadLetters({ endpointUrl, accessKeyId, secretAccessKey }: Access, assemblyDirectory: string): Promise<DeadLetter[]> {
  const client = new SQSClient({ endpoint: endpointUrl, region: REGION, credentials: { accessKeyId, secretAccessKey } });
  const found: DeadLetter[] = [];
  try {
    for (const { name, url } of queuesOf(readAssembly(assemblyDirectory, { endpointUrl })).filter(({ deadLetter }) => deadLetter === true)) {
      const receive = new ReceiveMessageCommand({ QueueUrl: url, MaxNumberOfMessages: MESSAGES_MAX, VisibilityTimeout: 0, WaitTimeSeconds: 0 });
      const { Messages: messages = [] } = await client.send(receive);
      found.push(...messages.map(({ MessageId, Body }) => ({ queue: name, messageId: MessageId ?? '', body: Body ?? '' })));
    }
    return found;
  } finally {
    client.destroy();
  }
}
