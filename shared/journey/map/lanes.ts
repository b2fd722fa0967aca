/** Who acts in which half of the journey, and how AIDA would call its phases. Without zod, because the console's pages read it too. */
import type { Initiator, Phase } from '../words.ts';

export type Lane = 'household' | 'company';
/** A device speaks for its household, and what runs by itself is the company's doing. */
export const laneOf: Readonly<Record<Initiator, Lane>> = { customer: 'household', device: 'household', company: 'company', automation: 'company' };

/** Up to closing the company acquires and the household buys; from logistics on it looks after, and the household owns. */
export const halfOf: Readonly<Record<Phase, 'buy' | 'own'>> = {
  awareness: 'buy',
  information: 'buy',
  comparison: 'buy',
  conviction: 'buy',
  closing: 'buy',
  logistics: 'own',
  implementation: 'own',
  support: 'own',
  loyalty: 'own',
  'up-selling': 'own',
  'cross-selling': 'own',
};

/** Strong 1925 (AIDA), with satisfaction after the sale as Sheldon 1911 had it: an order is not the end. */
export type Aida = 'attention' | 'interest' | 'desire' | 'action' | 'satisfaction';
export const aidaNames: readonly Aida[] = ['attention', 'interest', 'desire', 'action', 'satisfaction'];
export const aidaOf: Readonly<Record<Phase, Aida>> = {
  awareness: 'attention',
  information: 'interest',
  comparison: 'interest',
  conviction: 'desire',
  closing: 'action',
  logistics: 'satisfaction',
  implementation: 'satisfaction',
  support: 'satisfaction',
  loyalty: 'satisfaction',
  'up-selling': 'desire',
  'cross-selling': 'desire',
};
