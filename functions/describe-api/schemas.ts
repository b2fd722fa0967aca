/** From zod to JSON Schema 2020-12, which is what OpenAPI 3.1 speaks. What has a name of its own stands once, and everything else leads to it. */
import { z } from 'zod';
import {
  approverSchema,
  baseQuantitySchema,
  lineItemSchema,
  quotePerkSchema,
  quoteSchema,
  ruleResultSchema,
  substituteSchema,
} from '../../shared/event-parts.ts';
import { offeredSlotSchema } from '../../shared/device/pairing.ts';
import { deviceOverviewSchema } from '../../shared/household/device-overview.ts';
import { dietTagSchema } from '../../shared/household/diet-tag.ts';
import { addressSchema, deviceSchema, householdSchema, linkedShopSchema, memberSchema } from '../../shared/household/household.ts';
import { draftSchema } from '../../shared/household/draft.ts';
import { referralViewSchema } from '../../shared/household/referral.ts';
import { orderPreferencesSchema } from '../../shared/household/order-preferences.ts';
import { rowSchema, summarySchema } from '../../shared/journey/fold/summary.ts';
import { standingSchema } from '../../shared/journey/standing/standing.ts';
import { describedMessageSchema } from '../../shared/journey/collect/message.ts';
import { fieldSchema } from '../../shared/journey/collect/mapping.ts';
import { sourceViewSchema } from '../../shared/journey/collect/source.ts';
import { reasonSchema } from '../../shared/journey/reason.ts';
import { handedOnView } from '../../shared/journey/subscription/hand-on.ts';
import { subscriptionFilterSchema, subscriptionSchema } from '../../shared/journey/subscription/subscription.ts';
import { touchpointSchema } from '../../shared/journey/touchpoint.ts';
import { askedBecauseSchema } from '../../shared/order/asked-because.ts';
import { cancelRequestSchema } from '../../shared/order/cancel-request.ts';
import { mandateSchema } from '../../shared/order/mandate/mandate.ts';
import { mandateViewSchema } from '../../shared/order/mandate/mandate-standing.ts';
import { approvalSchema, droppedNeedSchema, orderChangeSchema, orderSchema, placementSchema, stuckSchema } from '../../shared/order/order-state.ts';
import { progressSchema } from '../../shared/order/progress.ts';
import { wantedSchema } from '../../shared/order/quote.ts';
import { decisionRecordSchema } from '../../shared/order/record.ts';
import { answerSchema, answersSchema } from '../../shared/order/response.ts';
import { figureSchema } from '../../shared/order/statement/statement.ts';
import { stopSchema } from '../../shared/order/mandate/stop.ts';
import { substitutionSchema } from '../../shared/order/substitution.ts';
import { spendSchema } from '../../shared/order/mandate/spend.ts';
import { withdrawnPartSchema } from '../../shared/order/withdrawal/withdrawn-part.ts';
import { deliverySchema } from '../../shared/retailer/delivery.ts';
import { attemptSchema } from '../../shared/webhook/attempts.ts';
import { orderAnswersSchema, orderPlacedSchema } from '../../shared/retailer/messages.ts';
import { offerSchema, publishedOfferSchema, termsSchema } from '../../shared/retailer/offer.ts';
import { perkSchema, publishedPerkSchema } from '../../shared/retailer/perk.ts';
import { retailerSchema } from '../../shared/retailer/retailer.ts';
import { caseAboutSchema } from '../../shared/support/case.ts';
import { regretEffectSchema } from '../../shared/supply/automation/regret.ts';
import { demandSchema } from '../../shared/supply/demand.ts';
import { heatSchema } from '../../shared/supply/heat/heat.ts';
import { levelSchema } from '../../shared/supply/level/level.ts';
import { leadTimeSchema } from '../../shared/supply/reorder/lead-time.ts';
import { supplyOverviewSchema } from '../../shared/supply/overview.ts';
import { productsSchema, supplySchema, supplySettingsSchema } from '../../shared/supply/supply.ts';
import {
  gtinSchema,
  householdIdSchema,
  instantSchema,
  mandateIdSchema,
  memberIdSchema,
  moneySchema,
  orderIdSchema,
  quantitySchema,
  retailerIdSchema,
  supplyIdSchema,
  thingNameSchema,
} from '../../shared/values.ts';
import { takenSchema } from '../collect-touchpoints/message-routes.ts';
import { caseView } from '../household-api/case-routes.ts';
import { consentsView } from '../household-api/consent-routes.ts';
import { followViewSchema } from '../household-api/follow-view.ts';
import { created } from '../household-api/household-routes.ts';
import { listView } from '../household-api/list-routes.ts';
import { orderViewSchema } from '../household-api/order-view.ts';
import { outreachView } from '../household-api/outreach-routes.ts';
import { shopNamesSchema } from '../household-api/shop-names.ts';
import { supplyViewSchema } from '../household-api/stock-routes.ts';
import { keysSchema } from '../retailer-api/key-routes.ts';
import { problemSchema } from '../runtime/http.ts';

export type JsonSchema = Record<string, unknown>;

/** An answer of a shop under the name of its type. Those that offer something convert what comes in, and read differently on the way out. */
const CONVERTING: readonly string[] = ['order.responded', 'order.substitution-offered'];
const inWords = (type: string): string => type.replace(/(?:^|[.-])(\w)/g, (_, first: string) => first.toUpperCase());
const answersByName = Object.fromEntries(
  answerSchema.options.flatMap((option) => {
    const { value: type } = option.shape.type;
    return CONVERTING.includes(type) ? [] : [[inWords(type), option]];
  }),
);

/** Whoever makes a client from the document finds its types under these names. */
const NAMED: Record<string, z.ZodType> = {
  ...answersByName,
  Address: addressSchema,
  Approval: approvalSchema,
  Approver: approverSchema,
  AskedBecause: askedBecauseSchema,
  Attempt: attemptSchema,
  BaseQuantity: baseQuantitySchema,
  CancelRequest: cancelRequestSchema,
  Case: caseView,
  CaseAbout: caseAboutSchema,
  CollectedMessage: describedMessageSchema,
  Collected: takenSchema,
  Consents: consentsView,
  CreatedHousehold: created,
  DecisionRecord: decisionRecordSchema,
  Delivery: deliverySchema,
  Device: deviceSchema,
  Demand: demandSchema,
  DeviceOverview: deviceOverviewSchema,
  DietTag: dietTagSchema,
  Draft: draftSchema,
  DroppedNeed: droppedNeedSchema,
  FollowedOrder: followViewSchema,
  Gtin: gtinSchema,
  HandedOn: handedOnView,
  Heat: heatSchema,
  Household: householdSchema,
  HouseholdId: householdIdSchema,
  Instant: instantSchema,
  LeadTime: leadTimeSchema,
  Level: levelSchema,
  LineItem: lineItemSchema,
  MappingField: fieldSchema,
  LinkedShop: linkedShopSchema,
  Mandate: mandateSchema,
  MandateId: mandateIdSchema,
  MandateView: mandateViewSchema,
  Member: memberSchema,
  MemberId: memberIdSchema,
  Money: moneySchema,
  Offer: offerSchema,
  Order: orderSchema,
  OfferedSlot: offeredSlotSchema,
  OrderAnswers: orderAnswersSchema,
  OrderChange: orderChangeSchema,
  OrderId: orderIdSchema,
  OrderPlaced: orderPlacedSchema,
  OrderPreferences: orderPreferencesSchema,
  OrderProgress: progressSchema,
  OrderView: orderViewSchema,
  Outreach: outreachView,
  Placement: placementSchema,
  Perk: perkSchema,
  Problem: problemSchema,
  PublishedOffer: publishedOfferSchema,
  PublishedPerk: publishedPerkSchema,
  Products: productsSchema,
  Quantity: quantitySchema,
  Quote: quoteSchema,
  QuotePerk: quotePerkSchema,
  Reason: reasonSchema,
  Referral: referralViewSchema,
  RegretEffect: regretEffectSchema,
  Retailer: retailerSchema,
  RetailerAnswer: answerSchema,
  RetailerId: retailerIdSchema,
  RetailerKeys: keysSchema,
  RetailerAnswers: answersSchema,
  RuleResult: ruleResultSchema,
  ShopNames: shopNamesSchema,
  ShoppingList: listView,
  Source: sourceViewSchema,
  Spend: spendSchema,
  Standing: standingSchema,
  StatementFigure: figureSchema,
  Stop: stopSchema,
  Subscription: subscriptionSchema,
  SubscriptionFilter: subscriptionFilterSchema,
  Stuck: stuckSchema,
  Substitute: substituteSchema,
  Substitution: substitutionSchema,
  Summary: summarySchema,
  SummaryRow: rowSchema,
  Supply: supplySchema,
  SupplyOverview: supplyOverviewSchema,
  SupplyId: supplyIdSchema,
  SupplySettings: supplySettingsSchema,
  SupplyView: supplyViewSchema,
  Terms: termsSchema,
  ThingName: thingNameSchema,
  Touchpoint: touchpointSchema,
  Wanted: wantedSchema,
  WithdrawnPart: withdrawnPartSchema,
};

const registry = z.registry<{ id: string }>();
for (const [id, schema] of Object.entries(NAMED)) registry.add(schema, { id });

/** `input`: what is sent to us. `output`: what we answer. They differ where a schema has defaults or converts. */
type Side = 'input' | 'output';
/** What comes in from outside is described as it comes in. */
const SENT_TO_US = new Set(['PublishedOffer', 'PublishedPerk']);

const convertedSchema = z.looseObject({ $schema: z.string(), $defs: z.record(z.string(), z.record(z.string(), z.unknown())).default({}) });

/** What is true of all JSON: its names are strings, and a whole number is not larger than every reader can hold (RFC 8259 §6). */
function leaveOut({ jsonSchema }: { readonly jsonSchema: z.core.JSONSchema.BaseSchema }): void {
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
  if (JSON.stringify(jsonSchema.propertyNames) === '{"type":"string"}') delete jsonSchema.propertyNames;
}

/** The schema in its place, and every named part that it leads to. */
function convert(schema: z.ZodType, side: Side): { readonly own: JsonSchema; readonly parts: Readonly<Record<string, JsonSchema>> } {
  const text = JSON.stringify(z.toJSONSchema(schema, { io: side, metadata: registry, override: leaveOut })).replaceAll('"#/$defs/', '"#/components/schemas/');
  const { $schema: _, $defs: parts, ...own } = convertedSchema.parse(JSON.parse(text));
  return { own, parts: Object.fromEntries(Object.entries(parts).map(([name, { id: __, ...part }]) => [name, part])) };
}

/** Every named part, as it stands in the document. */
export const components: Readonly<Record<string, JsonSchema>> = Object.fromEntries(
  Object.entries(NAMED).map(([name, schema]) => [name, convert(schema, SENT_TO_US.has(name) ? 'input' : 'output').parts[name] ?? {}]),
);

/** Throws when a named part would read differently here than it does under its name. */
export function schemaOf(schema: z.ZodType, side: Side): JsonSchema {
  const { own, parts } = convert(schema, side);
  for (const [name, part] of Object.entries(parts)) {
    if (JSON.stringify(part) !== JSON.stringify(components[name])) throw new Error(`${name} reads differently as ${side}: it cannot stand under one name`);
  }
  return own;
}

export const reference = (name: string): { readonly $ref: string } => ({ $ref: `#/components/schemas/${name}` });
