/** Somebody without a household asks to hear from us, is handed to sales, and then asks to be forgotten. */
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import type { RunningCloud } from '../../infra/local/commands/running-cloud.ts';
import { routes } from '../../shared/api/routes.ts';
import { ask } from './doors.ts';

const asks = {
  ...{ anonymousId: 'visitor-proof', context: { traits: { email: 'lead@proof.example' } } },
  ...{ messageId: 'proof-lead', event: 'Newsletter Subscribed', properties: { consent: true } },
};
const listed = z.looseObject({ leads: z.array(z.looseObject({ leadId: z.string() })) });

interface Tokens {
  readonly collector: string;
  readonly agent: string;
}

/** Resolves when nothing of them is left. */
export async function askToBeForgotten(cloud: RunningCloud, { collector, agent }: Tokens): Promise<void> {
  const leads = async (): Promise<string[]> => {
    const answer = await ask(cloud, routes.listLeads, { token: agent, body: { stage: 'generated', reason: 'a proof', language: 'en' } });
    return listed.parse(answer).leads.map(({ leadId }) => leadId);
  };
  const others = new Set(await leads());
  await ask(cloud, routes.track, { token: collector, body: asks });
  let leadId: string | undefined;
  while (leadId === undefined) {
    // The stream brings it within seconds.
    await wait(250);
    leadId = (await leads()).find((one) => !others.has(one));
  }
  await ask(cloud, routes.decideLead, { token: agent, ids: { leadId }, body: { decision: 'hand-over', reason: 'wants a call', language: 'en' } });
  await ask(cloud, routes.forgetLead, { token: agent, ids: { leadId }, query: '?reason=a%20proof' });
}
