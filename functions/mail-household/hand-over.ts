/** Hands a letter to SES. Answers what has become of it; throws where SES took nothing and may take it later. */
import { BadRequestException, MessageRejected, SendEmailCommand, SESv2Client, SESv2ServiceException } from '@aws-sdk/client-sesv2';
import type { Letter } from '../../shared/journey/outreach/letter.ts';
import { environment } from '../runtime/environment.ts';
import { logger } from '../runtime/log.ts';

// The SDK would try again by itself after a broken line, when the first try may have been taken.
const ses = new SESv2Client({ maxAttempts: 1 });

interface HandedOver extends Letter {
  /** Takes a POST (RFC 8058). */
  readonly oneClickUrl: string;
  /** SES tells them back with a bounce; they stand in no letter. */
  readonly tags: Readonly<Record<string, string>>;
}

export async function handOver(address: string, letter: HandedOver): Promise<'sent' | 'refused' | 'unknown'> {
  try {
    await ses.send(new SendEmailCommand(commandFor(address, letter)));
    return 'sent';
  } catch (error) {
    // Its words may hold the address.
    const name = error instanceof Error ? error.name : 'unknown';
    const status = error instanceof SESv2ServiceException ? error.$metadata.httpStatusCode : undefined;
    logger.warn('a letter was not taken', { name, status });
    if (error instanceof MessageRejected || error instanceof BadRequestException) return 'refused';
    // Too many at once, sending paused, not permitted: by its own word SES has taken nothing.
    if (status !== undefined && status >= 400 && status < 500) throw new Error(`SES took nothing now: ${name}`, { cause: name });
    return 'unknown';
  }
}

const text = (data: string) => ({ Data: data, Charset: 'UTF-8' });

const commandFor = (address: string, { subject, text: plain, html, oneClickUrl, tags }: HandedOver) => ({
  FromEmailAddress: environment('MAIL_FROM'),
  Destination: { ToAddresses: [address] },
  Content: {
    Simple: {
      Subject: text(subject),
      Body: { Text: text(plain), Html: text(html) },
      Headers: [
        { Name: 'List-Unsubscribe', Value: `<${oneClickUrl}>` },
        { Name: 'List-Unsubscribe-Post', Value: 'List-Unsubscribe=One-Click' },
      ],
    },
  },
  ConfigurationSetName: environment('MAIL_CONFIGURATION'),
  EmailTags: Object.entries(tags).map(([Name, Value]) => ({ Name, Value })),
});
