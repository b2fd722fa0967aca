/** What SES v2 would send of a `SendEmail` with simple content (RFC 5322, RFC 2046), so that any mail program opens it. */
import { z } from 'zod';

const header = z.strictObject({
  Name: z
    .string()
    .regex(/^[!-9;-~]+$/)
    .max(126),
  Value: z
    .string()
    .max(870)
    .regex(/^[^\r\n]*$/),
});
const content = z.strictObject({ Data: z.string(), Charset: z.literal('UTF-8').optional() });
/** What the product uses of it, and nothing that would be left out of the message in silence. */
export const sendEmailSchema = z.strictObject({
  FromEmailAddress: z.string().min(3),
  Destination: z.strictObject({ ToAddresses: z.array(z.email()).min(1).max(50) }),
  Content: z.strictObject({
    Simple: z.strictObject({
      Subject: content,
      Body: z.strictObject({ Text: content.optional(), Html: content.optional() }),
      Headers: z.array(header).max(15).default([]),
    }),
  }),
  ConfigurationSetName: z.string().optional(),
  EmailTags: z.array(z.strictObject({ Name: z.string().regex(/^[\w-]{1,256}$/), Value: z.string().regex(/^[\w.@-]{1,256}$/) })).default([]),
});
export type SendEmail = z.infer<typeof sendEmailSchema>;

/** As they stand (RFC 6152), so that whoever has no mail program reads them too. */
const inLines = (text: string): string => text.replaceAll(/\r?\n/g, '\r\n');

/** RFC 2047: words of at most 75 characters, each of whole characters. */
function encodedHeader(text: string): string {
  if (/^[\x20-\x7E]*$/.test(text)) return text;
  const words: string[] = [];
  for (const letter of text) {
    const last = words.at(-1);
    if (last !== undefined && Buffer.byteLength(last + letter) <= 42) words[words.length - 1] = last + letter;
    else words.push(letter);
  }
  return words.map((word) => `=?UTF-8?B?${Buffer.from(word, 'utf8').toString('base64')}?=`).join('\r\n ');
}

/** @param sentAt product time */
export function messageOf({ FromEmailAddress: from, Destination, Content: { Simple: simple } }: SendEmail, messageId: string, sentAt: Date): string {
  const boundary = `nachschub-${messageId}`;
  const part = (type: string, text: string) => [
    `--${boundary}`,
    ...[`Content-Type: text/${type}; charset=UTF-8`, 'Content-Transfer-Encoding: 8bit', '', inLines(text)],
  ];
  const { Text: plain, Html: html } = simple.Body;
  const lines = [
    ...[`From: ${encodedHeader(from)}`, `To: ${Destination.ToAddresses.join(', ')}`, `Subject: ${encodedHeader(simple.Subject.Data)}`],
    ...[`Date: ${sentAt.toUTCString().replace('GMT', '+0000')}`, `Message-ID: <${messageId}@eu-central-1.amazonses.com>`, 'MIME-Version: 1.0'],
    ...simple.Headers.map(({ Name, Value }) => `${Name}: ${Value}`),
    ...[`Content-Type: multipart/alternative; boundary="${boundary}"`, ''],
    ...(plain === undefined ? [] : part('plain', plain.Data)),
    ...(html === undefined ? [] : part('html', html.Data)),
    ...[`--${boundary}--`, ''],
  ];
  return lines.join('\r\n');
}
