/** How many contacts to staff for: read from the counters of the last weeks, channel by channel. */
import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import { routes } from '../../shared/api/routes.ts';
import { channelsIn, contactDayIn, driverNames, type ContactDay } from '../../shared/journey/contact-forecast/contact.ts';
import { forecastContacts } from '../../shared/journey/contact-forecast/contact-forecast.ts';
import { channelSchema } from '../../shared/journey/words.ts';
import { addDuration, duration, instantOf, millisOf, type Instant } from '../../shared/values.ts';
import { demandAgent } from '../runtime/caller.ts';
import { productNow } from '../runtime/clock.ts';
import { gives, type ApiEnvironment } from '../runtime/http.ts';
import { readCounters } from '../runtime/tally.ts';

const PAST_DAYS = 56;
const AHEAD_DAYS = 14;
const pastSchema = z.object({ day: z.string(), contacts: z.int(), drivers: z.record(z.enum(driverNames), z.int()) });
const aheadSchema = z.object({
  ...{ day: z.string(), mean: z.number(), low: z.number(), high: z.number() },
  because: z.array(z.object({ driver: z.enum(driverNames), contacts: z.number() })),
});
const contactsSchema = z.object({
  /** Whole days, the newest last: today is not over. */
  past: z.array(pastSchema),
  ahead: z.array(aheadSchema),
  channels: z.array(z.object({ channel: channelSchema, contacts: z.int(), ahead: z.array(aheadSchema) })),
});

export const contactRoutes = {
  readContacts: createRoute({
    method: 'get',
    path: routes.readContacts.path,
    responses: gives(contactsSchema, 'Contacts of the last eight weeks, and what is to be expected in the next two'),
  }),
};

export function addContactRoutes(api: OpenAPIHono<ApiEnvironment>): void {
  api.openapi(contactRoutes.readContacts, async (context) => {
    demandAgent(context, routes.readContacts);
    const days = daysBefore(productNow());
    const counters = await readCounters(days);
    const known = days.map((day) => counters[day] ?? {});
    const past = days.map((day) => contactDayIn(day, counters[day] ?? {}));
    // Before the first that anything is known of there was nobody to get in touch.
    const began = known.findIndex((of) => Object.keys(of).length > 0);
    const lived = began < 0 ? [] : past.slice(began);
    const channels = channelsIn(known).map((channel) => {
      const own = days.map((day) => contactDayIn(day, counters[day] ?? {}, channel)).slice(Math.max(0, began));
      return { channel, contacts: own.reduce((sum, { contacts }) => sum + contacts, 0), ahead: aheadOf(own) };
    });
    return context.json({ past: [...lived], ahead: aheadOf(lived), channels }, 200);
  });
}

const aheadOf = (days: readonly ContactDay[]) => forecastContacts(days, AHEAD_DAYS).map((one) => ({ ...one, because: [...one.because] }));

/** Yesterday last. */
const daysBefore = (now: Instant): string[] => {
  const first = addDuration(now, duration(-PAST_DAYS, 'days'));
  return Array.from({ length: PAST_DAYS }, (_, index) => instantOf(millisOf(first) + index * duration(1, 'days')).slice(0, 10));
};
