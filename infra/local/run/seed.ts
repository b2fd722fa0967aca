/** Sets shops and households up as an operator would: through the HTTP API. PUT with fixed ids, so that a second start changes nothing. */
import { z } from 'zod';
import { mandateTermsHash, type MandateTerms } from '../../../shared/order/mandate/mandate.ts';
import { WORDING_VERSION, orderButtonTexts } from '../../../shared/order/order-button.ts';
import { euros, gtinSchema, instantSchema, retailerIdSchema } from '../../../shared/values.ts';
import { articles } from '../scenario/articles.ts';
import type { ScenarioHousehold, ScenarioMandate, ScenarioThing } from '../scenario/household.ts';
import { leadTimeDaysOf } from '../scenario/new-device.ts';
import { accountOf, MANDATE_ENDS_AT, STARTS_AT, supplyId } from '../scenario/scenario.ts';
import type { Shelf } from '../scenario/shelves.ts';
import type { ScenarioShop } from '../scenario/shops.ts';
import type { ApiClient } from './api-client.ts';
import { supplyBody } from './supply-body.ts';

const keysSchema = z.object({ keys: z.object({ toRetailer: z.string(), fromRetailer: z.string() }) });
export type RetailerKeys = z.infer<typeof keysSchema>['keys'];

export async function seedShop(operator: ApiClient, { retailerId, name }: ScenarioShop, shopUrl: string): Promise<RetailerKeys> {
  const body = { name, webhookUrl: `${shopUrl}/webhooks`, apiUrl: shopUrl };
  return keysSchema.parse(await operator.put(`/retailers/${retailerId}`, body)).keys;
}

export async function seedHousehold(operator: ApiClient, household: ScenarioHousehold): Promise<void> {
  const { householdId, name, language, address, members, things, cupboard } = household;
  const base = `/households/${householdId}`;
  await operator.put(base, { name, timeZone: 'Europe/Berlin', language, address });
  for (const member of members) await operator.put(`${base}/members/${member.memberId}`, { name: member.name, role: member.role });
  for (const retailerId of household.shops) await operator.put(`${base}/shops/${retailerId}`, { account: accountOf(household) });
  const addSupply = (thing: ScenarioThing | undefined, shelf: Shelf) =>
    operator.put(
      `${base}/supplies/${supplyId(household, thing, shelf)}`,
      supplyBody(shelf, { thing: thing?.thing, leadTimeDays: leadTimeDaysOf(shelf, household.shops) }),
    );
  for (const thing of things) {
    await operator.put(`${base}/devices/${thing.thing}`, { deviceType: thing.type, name: thing.name });
    for (const shelf of thing.shelves) await addSupply(thing, shelf);
  }
  for (const shelf of cupboard) await addSupply(undefined, shelf);
}

/** A mandate as a member grants it: on a page with the words of the law. */
export async function grantMandate(member: ApiClient, { householdId, language }: ScenarioHousehold, mandate: ScenarioMandate): Promise<void> {
  const terms: MandateTerms = {
    gtins: mandate.articles.map((article) => gtinSchema.parse(articles[article].gtin)),
    retailers: mandate.shops.map((retailerId) => retailerIdSchema.parse(retailerId)),
    perOrderMax: euros(mandate.perOrderMaxMinor),
    perMonthMax: euros(mandate.perMonthMaxMinor),
    ordersPerWeekMax: mandate.ordersPerWeekMax,
    validFrom: instantSchema.parse(STARTS_AT),
    endsAt: instantSchema.parse(MANDATE_ENDS_AT),
  };
  const [buttonText] = orderButtonTexts[language];
  const evidence = { wordingVersion: WORDING_VERSION, language, buttonText, termsHash: mandateTermsHash(terms) };
  await member.put(`/households/${householdId}/mandates/${mandate.mandateId}`, { ...terms, evidence });
}
