/** Segment's own library for Node.js, unchanged but for the address: what a company's server says of its customers, some of it twice. */
import { Analytics } from '@segment/analytics-node';

export interface Telling {
  readonly url: string;
  readonly writeKey: string;
  readonly events: number;
  readonly householdId: string;
  /** In one request. */
  readonly flushAt: number;
}

/** Answers the ids of what was said, each once, and what the library gave up on. */
export async function tellAll({ url, writeKey, events, householdId, flushAt }: Telling): Promise<{ said: string[]; givenUp: unknown[] }> {
  const givenUp: unknown[] = [];
  const analytics = new Analytics({ host: url, writeKey, flushAt, flushInterval: 200, maxRetries: 20 });
  analytics.on('error', (problem) => givenUp.push(problem));
  const said = Array.from({ length: events }, (_, index) => `segment-${index}`);
  for (const [index, messageId] of said.entries()) {
    say(analytics, index, messageId, householdId);
    // A program that does not know whether it has said something says it again.
    if (index % 10 === 0) say(analytics, index, messageId, householdId);
  }
  await analytics.closeAndFlush({ timeout: 600_000 });
  return { said, givenUp };
}

function say(analytics: Analytics, index: number, messageId: string, householdId: string): void {
  const timestamp = new Date(Date.UTC(2026, 0, 1) + index * 60_000);
  const who = { userId: index % 3 === 0 ? householdId : `user-${index % 17}`, messageId, timestamp };
  if (index % 50 === 1) analytics.identify({ ...who, anonymousId: `browser-${index % 17}`, traits: { email: `user${index % 17}@example.org` } });
  else if (index % 5 === 2) analytics.page({ ...who, name: 'Milk', properties: { url: 'https://shop.example/milk' } });
  else analytics.track({ ...who, event: 'Product Viewed', properties: { sku: `sku-${index}`, price: 1.09, currency: 'EUR' } });
}
