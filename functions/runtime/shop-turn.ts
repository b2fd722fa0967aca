/** A call to a shop, in its turn. */
import type { Retailer } from '../../shared/retailer/retailer.ts';
import { keys, kinds } from './aggregates.ts';
import type { RetailerAnswer } from './outbound.ts';
import { callInTurn as callReceiverInTurn, type InTurn } from './webhook/in-turn.ts';

export type { InTurn } from './webhook/in-turn.ts';

/** @param by the id of what is sent; it is postponed where another one waits for this shop, or began to while this one did */
export const callInTurn = (retailer: Retailer, by: string, call: (signal: AbortSignal) => Promise<RetailerAnswer>, slowAfterMillis?: number): Promise<InTurn> =>
  callReceiverInTurn({ kind: kinds.retailer, key: keys.retailer(retailer.retailerId), state: retailer }, by, call, slowAfterMillis);
