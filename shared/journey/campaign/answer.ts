/** What is an answer to a campaign: what somebody did that names it. */
import type { Trace } from '../fold/trace.ts';

/** Our own messages; what a link with a campaign leads to is of the channel where it happened. */
export const SENT = 'outreach.sent';
/** A cycle that a device began, and whatever the company does itself, is none. */
export const isAnswer = ({ type, initiator, campaign }: Pick<Trace, 'type' | 'initiator' | 'campaign'>): boolean =>
  campaign !== undefined && initiator === 'customer' && type !== SENT;
