/** Sets the households up as an operator would: through the HTTP API. PUT with fixed ids, so that a second start changes nothing. */
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { mandateTermsHash, type MandateTerms } from '../../../shared/order/mandate.ts';
import { WORDING_VERSION, orderButtonTexts } from '../../../shared/order/wording.ts';
import { instantSchema, gtinSchema, retailerIdSchema, euros, toBase } from '../../../shared/values.ts';
import { goods, MANDATE_ENDS_AT, retailer, STARTS_AT, supplyId, type Good, type ScenarioHousehold } from '../scenario/scenario.ts';

export interface ApiClient {
  put(path: string, body: unknown): Promise<unknown>;
}

/** A cloud that is killed while people move in comes back within seconds, and a PUT may be sent again. */
const TRIES = 40;
const RETRY_AFTER_MILLIS = 500;

export const apiClient = (apiUrl: string, token: string): ApiClient => ({
  put: async (path, body) => {
    const response = await send(`${apiUrl}${path}`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`PUT ${path} answered ${response.status}: ${text.slice(0, 300)}`);
    const answer: unknown = JSON.parse(text);
    return answer;
  },
});

async function send(url: string, request: RequestInit): Promise<Response> {
  for (let tries = 1; ; tries += 1) {
    try {
      const response = await fetch(url, request);
      if (response.status < 500 || tries === TRIES) return response;
    } catch (error) {
      if (tries === TRIES) throw error;
    }
    await pause(RETRY_AFTER_MILLIS);
  }
}

const keysSchema = z.object({ keys: z.object({ toRetailer: z.string(), fromRetailer: z.string() }) });
export type RetailerKeys = z.infer<typeof keysSchema>['keys'];

export async function seedRetailer(operator: ApiClient, shopUrl: string): Promise<RetailerKeys> {
  const body = { name: retailer.name, webhookUrl: `${shopUrl}/webhooks`, apiUrl: shopUrl };
  return keysSchema.parse(await operator.put(`/retailers/${retailer.retailerId}`, body)).keys;
}

export async function seedHousehold(operator: ApiClient, household: ScenarioHousehold): Promise<void> {
  const { householdId, name, memberId, memberName, account, thing } = household;
  const base = `/households/${householdId}`;
  const address = { recipient: name, street: 'Lindenstraße 12', postalCode: '10969', city: 'Berlin', country: 'DE' };
  await operator.put(base, { name, timeZone: 'Europe/Berlin', language: 'en', address });
  await operator.put(`${base}/members/${memberId}`, { name: memberName, role: 'owner' });
  await operator.put(`${base}/shops/${retailer.retailerId}`, { account });
  await operator.put(`${base}/devices/${thing}`, { deviceType: 'fridge', name: `${memberName}'s fridge` });
  for (const good of goods) await operator.put(`${base}/supplies/${supplyId(household, good)}`, supplyBody(household, good));
}

function supplyBody({ thing }: ScenarioHousehold, good: Good): object {
  const base = (amount: number) => toBase({ amount, unit: good.unit });
  const { unit } = base(1);
  return {
    ...{ name: good.name, productLine: 'groceries', unit },
    ...(good.sensed && { thing, slot: good.slot }),
    products: [{ gtin: good.gtin, pack: base(good.pack) }],
    settings: {
      ...{ serviceLevel: good.serviceLevel, coverDays: good.coverDays, shelfLifeDays: good.shelfLifeDays, packsMax: 12 },
      ...{ capacity: base(good.capacity).amount, resolution: base(good.resolution).amount },
    },
    // A first guess, a third off: the model has to learn what this household really uses.
    ...{ perDay: base(good.usePerDay).amount * 0.7, portion: base(good.portion).amount, confidenceDays: 3, onHand: base(good.initial).amount },
    leadTime: { meanDays: retailer.terms.leadTimeDays, sdDays: 0.5 },
  };
}

/** Anna's mandate, granted by Anna on a page with the words of the law. */
export async function grantMandate(member: ApiClient, { householdId, mandateId }: ScenarioHousehold): Promise<void> {
  const terms: MandateTerms = {
    gtins: goods.filter(({ insideMandate }) => insideMandate).map(({ gtin }) => gtinSchema.parse(gtin)),
    retailers: [retailerIdSchema.parse(retailer.retailerId)],
    perOrderMax: euros(2_500),
    perMonthMax: euros(12_000),
    ordersPerWeekMax: 7,
    validFrom: instantSchema.parse(STARTS_AT),
    endsAt: instantSchema.parse(MANDATE_ENDS_AT),
  };
  const [buttonText] = orderButtonTexts.en;
  const evidence = { wordingVersion: WORDING_VERSION, language: 'en', buttonText, termsHash: mandateTermsHash(terms) };
  await member.put(`/households/${householdId}/mandates/${mandateId}`, { ...terms, evidence });
}
