/** What the company works with, as sources of touchpoints: its website, the tills of its shops, and tools that sign what they send. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import type { ApiClient } from './api-client.ts';
import type { DataDirectory } from './data-directory.ts';

export const WEBSITE = 'src_website';
const STORES = 'src_stores';
const tools = {
  src_survey: { name: 'Survey tool', channel: 'survey', webhook: { mapping: 'survey-answer' } },
  src_calls: { name: 'Call centre', channel: 'call-centre', webhook: { mapping: 'call-log' } },
  src_crm: { name: 'CRM', channel: 'crm', webhook: { mapping: 'crm-case' } },
} as const;

/** All sources that a run sends for. */
export const SOURCES: readonly string[] = [WEBSITE, STORES, ...Object.keys(tools)];

export interface CompanyFacts {
  readonly tillWriteKey: string;
  readonly secrets: Readonly<Record<keyof typeof tools, string>>;
  readonly deskTokenFile: string;
  readonly operatorTokenFile: string;
}
interface Hands {
  readonly operator: ApiClient;
  readonly data: DataDirectory;
}

/** @returns the write key of the website, the same on every start of a run */
export const seedWebsite = (hands: Hands): Promise<string> => withWriteKey(hands, WEBSITE, { name: 'Website', channel: 'web', phase: 'information' });

/** @param tokens of whoever answers cases, and of whoever registers devices */
export async function seedCompany(hands: Hands, tokens: { readonly desk: string; readonly operator: string }): Promise<CompanyFacts> {
  const { operator, data } = hands;
  const kept = (name: string, token: string): string => {
    const file = data.inside('tokens', name);
    writeFileSync(file, token, { mode: 0o600 });
    return file;
  };
  const secretOf = async (sourceId: keyof typeof tools): Promise<string> => {
    await operator.put(`/sources/${sourceId}`, tools[sourceId]);
    const [secret] = secretsSchema.parse(await operator.get(`/sources/${sourceId}/secrets`)).secrets;
    if (secret === undefined) throw new Error(`${sourceId} has no secret to sign with`);
    return secret;
  };
  return {
    tillWriteKey: await withWriteKey(hands, STORES, { name: 'Shops in town', channel: 'store', phase: 'information' }),
    secrets: { src_survey: await secretOf('src_survey'), src_calls: await secretOf('src_calls'), src_crm: await secretOf('src_crm') },
    deskTokenFile: kept('desk.jwt', tokens.desk),
    operatorTokenFile: kept('operator.jwt', tokens.operator),
  };
}

const madeSchema = z.object({ writeKey: z.string() });
const secretsSchema = z.looseObject({ secrets: z.array(z.string()) });

/** Its write key is shown once, so it is kept with the run. */
async function withWriteKey({ operator, data }: Hands, sourceId: string, terms: object): Promise<string> {
  const file = data.inside('tokens', `${sourceId.replace('src_', '')}.key`);
  if (existsSync(file)) return readFileSync(file, 'utf8').trim();
  await operator.put(`/sources/${sourceId}`, terms);
  // A start that died between the key and the file leaves a key that nobody knows: the next one has another name.
  const { writeKey } = madeSchema.parse(await operator.put(`/sources/${sourceId}/keys/run-${String(Date.now() % 1_000_000)}`, undefined));
  writeFileSync(file, writeKey, { mode: 0o600 });
  return writeKey;
}
