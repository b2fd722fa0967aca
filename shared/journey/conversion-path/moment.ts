/** What a conversion path hears: a touchpoint of a household, whoever noted it, with what a path may ask of it. */
import type { HouseholdId, Instant } from '../../values.ts';
import type { Touchpoint } from '../touchpoint.ts';

export type Fact = string | number | boolean;

export interface Moment {
  /** Of the touchpoint, so that what comes twice is one. */
  readonly momentId: string;
  readonly householdId: HouseholdId;
  /** `type@initiator`. */
  readonly name: string;
  readonly at: Instant;
  readonly orderId?: string;
  readonly supplyId?: string;
  readonly caseId?: string;
  readonly facts: Readonly<Record<string, Fact>>;
}

export const momentOf = (touchpoint: Touchpoint, householdId: HouseholdId): Moment => {
  const { touchpointId, type, initiator, at, orderId, supplyId, caseId, properties = {} } = touchpoint;
  const about = { ...(orderId && { orderId }), ...(supplyId && { supplyId }), ...(caseId && { caseId }) };
  return { momentId: touchpointId, householdId, name: `${type}@${initiator}`, at, ...about, facts: properties };
};

/** What a run of a path is about: one of these runs at a time. */
export const pathKeys = ['order', 'approval', 'cart', 'form', 'supply', 'household', 'case'] as const;
export type PathKey = (typeof pathKeys)[number];

/** A household's one cart, form or run, where the moment names none of its own. */
export const ONLY = '-';

const textOf = (fact: Fact | undefined): string | undefined => {
  const text =
    fact === undefined
      ? ''
      : String(fact)
          .replaceAll(/[^A-Za-z0-9_.-]/g, '')
          .slice(0, 60);
  return text === '' ? undefined : text;
};

/** Undefined: the moment does not say which. Carts and forms are named as trackers name them (Segment's e-commerce events). */
export function keyOfMoment(key: PathKey, { orderId, supplyId, caseId, facts }: Moment): string | undefined {
  switch (key) {
    case 'order':
    case 'approval':
      return orderId;
    case 'supply':
      return supplyId;
    case 'case':
      return caseId;
    case 'cart':
      return textOf(facts['cart_id'] ?? facts['cartId'] ?? facts['checkout_id']);
    case 'form':
      return textOf(facts['form'] ?? facts['form_id'] ?? facts['formId']);
    case 'household':
      return ONLY;
    default:
      return key satisfies never;
  }
}
