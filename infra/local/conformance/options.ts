/** What stands behind `npm run conformance --`. */
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { bytesFromBase64 } from '../../../shared/retailer/base64.ts';
import { isPrivateKey } from '../../../shared/retailer/ed25519.ts';
import { instantSchema, retailerIdSchema, type Instant, type RetailerId } from '../../../shared/values.ts';
import { UsageError } from '../options.ts';

const usage = `npm run conformance -- --url URL --secret whsec_…  [--orders-url URL] [--json OUT]
npm run conformance -- --url URL --retailer ID  [--orders-url URL] [--json OUT] [--data DIR | --api URL --token TOKEN]
  --url URL         where the shop takes messages
  --orders-url URL  orders are asked for at URL/orders/{orderId} (default: the root of --url)
  --secret KEY      of the direction to the shop: whsec_…, or whsk_… for a shop that checks v1a only
  --retailer ID     asks for the key of this shop, and lets it go live when it passes; an operator may
  --data DIR        of the running local cloud (default .nachschub)
  --api URL         of a deployed one, with --token, an operator's access token
  --now INSTANT     the product's time, where it is not the wall's
  --json OUT        writes what was found as JSON`;

function isKey(text: string): boolean {
  if (isPrivateKey(text)) return [32, 64].includes(bytesFromBase64(text.slice('whsk_'.length))?.length ?? 0);
  const bytes = text.startsWith('whsec_') ? (bytesFromBase64(text.slice('whsec_'.length))?.length ?? 0) : 0;
  return bytes >= 24 && bytes <= 64;
}

const optionsSchema = z.object({
  url: z.url({ protocol: /^https?$/, error: 'expected --url https://shop.example/webhooks' }),
  'orders-url': z.url({ protocol: /^https?$/ }).optional(),
  secret: z.string().refine(isKey, 'expected whsec_ and the base64 of 24 to 64 bytes, or whsk_ and the base64 of 32').optional(),
  retailer: retailerIdSchema.optional(),
  data: z.string(),
  api: z.url().optional(),
  token: z.string().min(1).optional(),
  now: instantSchema.optional(),
  json: z.string().min(1).optional(),
});

export interface ConformanceOptions {
  readonly webhookUrl: string;
  readonly apiUrl: string;
  readonly secret: string | undefined;
  readonly retailerId: RetailerId | undefined;
  readonly data: string;
  readonly deployed: { readonly api: string; readonly token: string } | undefined;
  readonly now: Instant | undefined;
  readonly json: string | undefined;
}

type Addresses = Pick<ConformanceOptions, 'webhookUrl' | 'apiUrl'>;

/** @throws UsageError with a sentence that says what was expected */
export function readConformanceOptions(args: readonly string[]): ConformanceOptions {
  const parsed = optionsSchema.safeParse(parse(args));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new UsageError(`--${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'not understood'}\n\n${usage}`);
  }
  const { url, 'orders-url': ordersUrl, secret, retailer: retailerId, data, api, token, now, json } = parsed.data;
  if ((secret === undefined) === (retailerId === undefined)) throw new UsageError(`Expected either --secret or --retailer.\n\n${usage}`);
  if ((api === undefined) !== (token === undefined)) throw new UsageError(`--api and --token belong together.\n\n${usage}`);
  const deployed = api !== undefined && token !== undefined ? { api, token } : undefined;
  return { ...{ webhookUrl: url, apiUrl: ordersUrl ?? new URL(url).origin, secret, retailerId, data, deployed, now, json } };
}

/** @throws UsageError before the run: of a shop at another address nothing that it showed would count */
export function demandRegistered(registered: Addresses, asked: Addresses): void {
  if (registered.webhookUrl === asked.webhookUrl && registered.apiUrl === asked.apiUrl) return;
  const { webhookUrl, apiUrl } = registered;
  throw new UsageError(
    `Registered are --url ${webhookUrl} and --orders-url ${apiUrl}; name these, or register the others first (PUT /retailers/{retailerId}).`,
  );
}

function parse(args: readonly string[]) {
  const text = { type: 'string' } as const;
  const names = { url: text, 'orders-url': text, secret: text, retailer: text, api: text, token: text, now: text, json: text } as const;
  try {
    return parseArgs({ args: [...args], options: { ...names, data: { type: 'string', default: '.nachschub' } } }).values;
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : 'the options were not understood'}\n\n${usage}`);
  }
}
