/** Somebody without a household asks for something, and then to be forgotten. */
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import type { RunningCloud } from '../../infra/local/commands/running-cloud.ts';
import { routes } from '../../shared/api/routes.ts';
import { ask } from './doors.ts';

const VISITOR = { anonymousId: 'visitor-proof', context: { traits: { email: 'lead@proof.example' } } };
const asks = { ...VISITOR, messageId: 'proof-lead', event: 'Newsletter Subscribed', properties: { consent: true } };
const listed = z.looseObject({ leads: z.array(z.looseObject({ leadId: z.string() })) });

interface Tokens {
  readonly collector: string;
  readonly agent: string;
}

/** Resolves when nothing of them is left. */
export async function askToBeForgotten(cloud: RunningCloud, { collector, agent }: Tokens): Promise<void> {
  await ask(cloud, routes.track, { token: collector, body: asks });
  for (;;) {
    const answer = await ask(cloud, routes.listLeads, { token: agent, body: { stage: 'generated', reason: 'a proof', language: 'en' } });
    const [lead] = listed.parse(answer).leads;
    if (lead !== undefined) {
      const decision = { decision: 'hand-over', reason: 'wants a call', language: 'en' };
      await ask(cloud, routes.decideLead, { token: agent, ids: lead, body: decision });
      await ask(cloud, routes.forgetLead, { token: agent, ids: lead, query: '?reason=a%20proof' });
      return;
    }
    // The stream brings it within seconds.
    await wait(250);
  }
}
