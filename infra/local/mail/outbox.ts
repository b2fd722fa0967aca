/** SES of this machine: no e-mail leaves it. Each lies in the run's folder as a file that any mail program opens. */
import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { AwsHandler } from '../aws-request.ts';
import { AwsError, jsonAnswer, parseBody } from '../endpoint/aws-answer.ts';
import { messageOf, sendEmailSchema } from './message.ts';

/** In the run's folder. */
export const OUTBOX = 'outbox';

export interface OutboxOptions {
  /** Made with the first e-mail. */
  readonly directory: string;
  /** Domains and addresses that may be written from: on AWS they have to be proved first. */
  readonly identities: readonly string[];
  readonly configurations: readonly string[];
  /** Product milliseconds. */
  readonly now: () => number;
  /** Told of the first. */
  readonly report: (line: string) => void;
}

export function openOutbox({ directory, identities, configurations, now, report }: OutboxOptions): AwsHandler {
  let isFirst = true;
  return async (request) => {
    const email = parseBody(request, sendEmailSchema, 'BadRequestException');
    const { FromEmailAddress: from, ConfigurationSetName: configuration } = email;
    if (identities.every((identity) => from !== identity && !from.endsWith(`@${identity}`)))
      throw new AwsError('MessageRejected', `Email address is not verified. The following identities failed the check in region: ${from}`);
    if (configuration !== undefined && !configurations.includes(configuration))
      throw new AwsError('NotFoundException', `Configuration set <${configuration}> does not exist.`, { status: 404 });
    const sentAt = new Date(now());
    const messageId = randomUUID();
    mkdirSync(directory, { recursive: true });
    // In the order of the product's days when it is listed.
    const file = path.join(directory, `${sentAt.toISOString().replaceAll(/[:.]/g, '-')}-${messageId.slice(0, 8)}.eml`);
    await writeFile(file, messageOf(email, messageId, sentAt), { mode: 0o600 });
    if (isFirst) report(`E-mails lie in ${directory}; none leaves this machine`);
    isFirst = false;
    return jsonAnswer(request, { MessageId: messageId });
  };
}
