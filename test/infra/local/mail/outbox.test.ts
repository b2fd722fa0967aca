/** SES of this machine, asked with the real client: what it takes lies in a folder as a mail program reads it, and what SES would refuse it refuses. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { MessageRejected, NotFoundException, SendEmailCommand, SESv2Client, type SendEmailCommandInput } from '@aws-sdk/client-sesv2';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openEndpoint, type Endpoint } from '../../../../infra/local/endpoint/endpoint.ts';
import { OUTBOX, openOutbox } from '../../../../infra/local/mail/outbox.ts';

let endpoint: Endpoint;
let directory: string;
let reported: string[];
beforeEach(async () => {
  directory = mkdtempSync(path.join(tmpdir(), 'nachschub-outbox-'));
  reported = [];
  const ses = openOutbox({
    ...{ directory: path.join(directory, OUTBOX), identities: ['shop.example'], configurations: ['mails'], now: () => Date.parse('2026-03-02T09:00:00Z') },
    report: (line) => reported.push(line),
  });
  endpoint = await openEndpoint({ handlers: { ses }, principals: new Map([['KEY', 'mail-household']]) });
});
afterEach(async () => {
  await endpoint.close();
  rmSync(directory, { recursive: true });
});

const input = (over: Partial<SendEmailCommandInput> = {}): SendEmailCommandInput => ({
  FromEmailAddress: 'hallo@shop.example',
  Destination: { ToAddresses: ['anna@mail.example'] },
  Content: {
    Simple: {
      Subject: { Data: 'Grüße von der Kühltheke, und noch etwas mehr, das nicht in eine Zeile paßt' },
      Body: { Text: { Data: 'Größe\n' }, Html: { Data: '<p>Größe</p>' } },
      Headers: [{ Name: 'List-Unsubscribe', Value: '<https://x>' }],
    },
  },
  ...over,
});
const send = (over?: Partial<SendEmailCommandInput>) =>
  new SESv2Client({ endpoint: endpoint.url, region: 'eu-central-1', credentials: { accessKeyId: 'KEY', secretAccessKey: 'x' }, maxAttempts: 1 }).send(
    new SendEmailCommand(input(over)),
  );

it('keeps each e-mail as a file that says all of it, and tells once where', async () => {
  expect((await send({ ConfigurationSetName: 'mails' })).MessageId).toMatch(/^[0-9a-f-]{36}$/);
  await send();
  const files = readdirSync(path.join(directory, OUTBOX));
  expect([files.length, reported]).toEqual([2, [`E-mails lie in ${path.join(directory, OUTBOX)}; none leaves this machine`]]);
  expect(files[0]).toMatch(/^2026-03-02T09-00-00-000Z-[0-9a-f]{8}\.eml$/);
  const text = readFileSync(path.join(directory, OUTBOX, files[0] ?? ''), 'utf8');
  const subject = /^Subject: ((?:.+\r\n )*.+)\r\n/m.exec(text)?.[1] ?? '';
  expect(subject.split('\r\n').every((line) => line.trim().length <= 75)).toBe(true);
  const words = [...subject.matchAll(/=\?UTF-8\?B\?([^?]+)\?=/g)].map(([, word = '']) => Buffer.from(word, 'base64').toString('utf8'));
  expect(words.join('')).toBe('Grüße von der Kühltheke, und noch etwas mehr, das nicht in eine Zeile paßt');
  for (const line of ['From: hallo@shop.example', 'To: anna@mail.example', 'List-Unsubscribe: <https://x>', 'Date: Mon, 02 Mar 2026 09:00:00 +0000'])
    expect(text).toContain(`${line}\r\n`);
  for (const said of ['Größe', '<p>Größe</p>']) expect(text).toContain(`\r\n\r\n${said}`);
});

it('refuses what SES refuses', async () => {
  await expect(send({ FromEmailAddress: 'hallo@other.example' })).rejects.toBeInstanceOf(MessageRejected);
  await expect(send({ ConfigurationSetName: 'none' })).rejects.toBeInstanceOf(NotFoundException);
  await expect(send({ Destination: { ToAddresses: ['nobody'] } })).rejects.toMatchObject({ name: 'BadRequestException' });
});
