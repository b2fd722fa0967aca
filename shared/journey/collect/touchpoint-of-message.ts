/** A collected message → the touchpoint that is kept of it. */
import { z } from 'zod';
import { householdIdSchema, type Instant } from '../../values.ts';
import { campaignSchema, touchpointId, touchpointSchema, type Touchpoint } from '../touchpoint.ts';
import { channelSchema, productLineSchema } from '../words.ts';
import { happenedAt } from './clock.ts';
import { toldSentiment } from '../emotion/own-sentiment.ts';
import { flatProperties } from './flat-properties.ts';
import { knownEvent } from './known-events.ts';
import { typeOf, type CollectedMessage } from './message.ts';
import { MONEY_NAMES, moneyOf } from './money-of.ts';
import type { SourceTerms } from './source.ts';

/** Who sends, and what holds where the message says nothing. `source` is the source's id, or the name of the client that a token was issued to. */
export type Sender = Pick<SourceTerms, 'types' | 'channel' | 'initiator' | 'phase' | 'productLine' | 'purpose'> & { readonly source: string };

/** What the message named, once it is known what of it is there. */
export type Nodes = Pick<Touchpoint, 'householdId' | 'thing' | 'ids'>;

export function touchpointOfMessage(
  message: CollectedMessage,
  { sender, nodes, receivedAt }: { sender: Sender; nodes: Nodes; receivedAt: Instant },
): Touchpoint {
  const { context, properties = {} } = message;
  const told = context?.touchpoint ?? {};
  const type = typeOf(message);
  const known = message.type === 'track' ? knownEvent(type) : undefined;
  const value = told.value ?? moneyOf(properties);
  const ownLine = [properties['productLine'], properties['product_line']]
    .map((line) => productLineSchema.safeParse(line).data)
    .find((line) => line !== undefined);
  const productLine = told.productLine ?? ownLine ?? sender.productLine;
  const campaign = campaignOf(message);
  const purpose = told.purpose ?? sender.purpose;
  const sentiment = told.sentiment ?? (message.type === 'track' ? toldSentiment(type) : undefined);
  const kept = flatProperties({ ...pageOf(message), ...without(properties, value !== undefined, ownLine !== undefined), ...groupOf(message) });
  return touchpointSchema.parse({
    ...{ touchpointId: touchpointId(sender.source, message.messageId), source: sender.source, messageId: message.messageId },
    ...nodes,
    type,
    channel: told.channel ?? channelSchema.safeParse(context?.channel).data ?? sender.channel,
    initiator: told.initiator ?? known?.initiator ?? sender.initiator,
    phase: told.phase ?? known?.phase ?? sender.phase,
    at: happenedAt({ timestamp: message.timestamp ?? message.originalTimestamp, sentAt: message.sentAt }, receivedAt),
    receivedAt,
    ...refersTo(told),
    ...(productLine && { productLine }),
    ...(value && { value }),
    ...(campaign && { campaign }),
    ...(sentiment && { sentiment }),
    ...(purpose && { purpose }),
    ...(kept && { properties: kept }),
  });
}

const refersTo = ({ orderId, supplyId, caseId, mandateId }: NonNullable<NonNullable<CollectedMessage['context']>['touchpoint']>) => ({
  ...(orderId && { orderId }),
  ...(supplyId && { supplyId }),
  ...(caseId && { caseId }),
  ...(mandateId && { mandateId }),
});

/** What has become a member of the touchpoint itself is not said twice. */
function without(properties: Readonly<Record<string, unknown>>, hasValue: boolean, hasLine: boolean): Record<string, unknown> {
  const gone = new Set<string>([
    ...(hasValue ? [...MONEY_NAMES, 'currency'] : []),
    ...(hasLine ? ['productLine', 'product_line'] : []),
    // Addresses of pages carry what people typed: only where they lead is kept.
    ...['url', 'referrer', 'search'],
  ]);
  return Object.fromEntries(Object.entries(properties).filter(([name]) => !gone.has(name)));
}

const urlSchema = z.url({ protocol: /^https?$/ });
/** Without what stands behind the question mark: people's searches and shops' session keys do. */
function pageOf({ type, name, context, properties }: CollectedMessage): Record<string, unknown> {
  const page = { ...context?.page, ...properties };
  const addresses = (['url', 'referrer'] as const).flatMap((which) => {
    const url = urlSchema.safeParse(page[which]);
    if (!url.success) return [];
    const { origin, pathname } = new URL(url.data);
    return [[which, `${origin}${pathname}`] as const];
  });
  return { ...Object.fromEntries(addresses), ...((type === 'page' || type === 'screen') && name !== undefined && { name }) };
}

const groupOf = ({ type, groupId }: CollectedMessage): Record<string, unknown> =>
  type === 'group' && !householdIdSchema.safeParse(groupId).success ? { groupId } : {};

const partSchema = z
  .string()
  .trim()
  .min(1)
  .transform((text) => text.slice(0, 80));
/** `context.campaign`, or the `utm_` parameters of the page's address. */
function campaignOf({ context, properties = {} }: CollectedMessage): Touchpoint['campaign'] {
  const url = urlSchema.safeParse(properties['url'] ?? context?.page?.['url']).data;
  const utm = url === undefined ? undefined : new URL(url).searchParams;
  const part = (name: 'name' | 'source' | 'medium') =>
    partSchema.safeParse(context?.campaign?.[name] ?? properties[`utm_${name}`] ?? utm?.get(`utm_${name === 'name' ? 'campaign' : name}`) ?? undefined).data;
  const [name, source, medium] = [part('name') ?? partSchema.safeParse(properties['utm_campaign']).data, part('source'), part('medium')];
  return name === undefined ? undefined : campaignSchema.parse({ name, ...(source && { source }), ...(medium && { medium }) });
}
