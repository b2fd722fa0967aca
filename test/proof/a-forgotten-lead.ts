/** Somebody without a household asks twice, turns out to be one person, is handed to sales, and asks to be forgotten. */
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import type { RunningCloud } from '../../infra/local/commands/running-cloud.ts';
import { routes } from '../../shared/api/routes.ts';
import { ask } from './doors.ts';

const visit = (which: string, email = `lead-${which}@proof.example`) => ({ anonymousId: `visitor-proof-${which}`, context: { traits: { email } } });
const asksBy = (which: string) => ({
  ...{ ...visit(which), messageId: `proof-lead-${which}`, event: 'Newsletter Subscribed', properties: { consent: true } },
});
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
  /** The stream brings it within seconds. */
  const until = async (holds: (now: readonly string[]) => boolean): Promise<string[]> => {
    for (;;) {
      const now = await leads();
      if (holds(now)) return now;
      await wait(250);
    }
  };
  const others = new Set(await leads());
  const ours = (now: readonly string[]) => now.filter((leadId) => !others.has(leadId));
  for (const which of ['one', 'two']) await ask(cloud, routes.track, { token: collector, body: asksBy(which) });
  const two = ours(await until((now) => ours(now).length >= 2));
  await ask(cloud, routes.identify, { token: collector, body: { ...visit('two', 'lead-one@proof.example'), messageId: 'proof-lead-both' } });
  const left = await until((now) => two.some((leadId) => !now.includes(leadId)));
  const leadId = two.find((one) => left.includes(one));
  if (leadId === undefined) throw new Error('expected one of the two to be left');
  await ask(cloud, routes.decideLead, { token: agent, ids: { leadId }, body: { decision: 'hand-over', reason: 'wants a call', language: 'en' } });
  await ask(cloud, routes.forgetLead, { token: agent, ids: { leadId }, query: '?reason=a%20proof' });
}
