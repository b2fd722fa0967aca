/** A person's yes or no on its way: sent, kept until there is a connection, or refused with what stands there now. */
import { useRef } from 'preact/hooks';
import { send } from '../api/client.ts';
import { newId } from '../api/ids.ts';
import type { ApiProblem } from '../api/problem.ts';
import { useSending } from '../api/use-sending.ts';
import { WORDING_VERSION } from '../../shared/order/order-button.ts';
import { orderButtonText } from '../design/order-button.tsx';
import { decide, dismiss, pending } from '../offline/queue.ts';
import { language } from '../words/language.ts';
import { urls } from '../urls.ts';
import { goodsOf, type OrderView } from './view.ts';

type Params = { readonly householdId: OrderView['order']['householdId']; readonly orderId: OrderView['order']['orderId'] };
export interface ChangeLine {
  readonly needId: OrderView['order']['quote']['lineItems'][number]['needId'];
  readonly gtin: OrderView['order']['quote']['lineItems'][number]['gtin'];
  readonly quantity: number;
}

export interface AnswerState {
  readonly busy: boolean;
  readonly problem?: ApiProblem | undefined;
  /** Refused while nobody looked, such as after the connection had come back. */
  readonly refusedLater?: string | undefined;
  /** Kept on this device until there is a connection. */
  readonly isKept: boolean;
  approve(): Promise<void>;
  decline(reason: string, comment?: string): Promise<void>;
  /** @returns whether it was taken */
  change(lines: readonly ChangeLine[]): Promise<boolean>;
  takeBack(): Promise<void>;
  readonly clear: () => void;
  /** Whether the order is as this very page changed it. */
  readonly isOwnChange: boolean;
}

const ANSWERS: readonly string[] = ['approveOrder', 'declineOrder'];

/** @param reload reads the order anew, whatever became of the answer */
export function useAnswer({ order, shop }: OrderView, reload: () => Promise<void>): AnswerState {
  const { busy, problem, run, clear } = useSending(reload);
  const changeIds = useRef(new Map<string, string>());
  const { householdId, orderId, quote } = order;
  const params: Params = { householdId, orderId };
  const about = { about: `${goodsOf(quote)} · ${shop.name}`, href: urls.approval(orderId) };
  const entries = pending.value.filter(({ name, input }) => ANSWERS.includes(name) && input.params?.['orderId'] === orderId);
  const refused = entries.flatMap(({ state }) => (state.kind === 'refused' ? [state.code] : []))[0];

  return {
    isOwnChange: [...changeIds.current.values()].includes(order.changes?.at(-1)?.changeId ?? ''),
    busy,
    problem,
    refusedLater: refused,
    isKept: entries.some(({ state }) => state.kind === 'waiting') && !busy,
    approve: async () => {
      // Made before anything is sent, and kept with it: a second tap, a reload or another tab sends the very same.
      const evidence = { wordingVersion: WORDING_VERSION, buttonText: orderButtonText(), language: language.value };
      const body = { approvalId: newId('apr'), quoteHash: quote.hash, evidence, screen: 'app' } as const;
      await run(() => decide('approveOrder', { params, body }, about));
    },
    decline: async (reason, comment) => {
      const body = { reason, ...(comment !== undefined && comment !== '' && { comment }), screen: 'app' } as const;
      await run(() => decide('declineOrder', { params, body }, about));
    },
    change: async (lines) => {
      // The same wish tried again is the same change.
      const wish = JSON.stringify([quote.hash, lines]);
      const changeId = changeIds.current.get(wish) ?? newId('chg');
      changeIds.current.set(wish, changeId);
      return run(() => send('changeOrder', { params, body: { changeId, quoteHash: quote.hash, lines: [...lines] } }));
    },
    takeBack: async () => {
      for (const { id } of entries) await dismiss(id);
    },
    clear: () => {
      clear();
      for (const { id, state } of entries) if (state.kind !== 'waiting') void dismiss(id);
    },
  };
}
