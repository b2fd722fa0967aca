/** What the checks look at: what the simulators wrote down themselves, and what stands in our tables. No counter of ours is among it. */
import type { StoredOrder } from '../../../functions/runtime/aggregates.ts';
import type { EventEnvelope } from '../../../shared/events.ts';
import type { Household } from '../../../shared/household/household.ts';
import type { Touchpoint } from '../../../shared/journey/touchpoint.ts';
import type { Spend } from '../../../shared/order/mandate/spend.ts';
import type { Delivery } from '../../../shared/retailer/delivery.ts';
import type { Basket } from '../../../shared/supply/basket.ts';
import type { Supply } from '../../../shared/supply/supply.ts';
import type { FaultKind } from '../faults/kinds.ts';
import type { Instant } from '../../../shared/values.ts';
import type { LifeFacts } from './life-ledger.ts';

/** A reading in the devices' own ledger. */
export interface SentReading {
  readonly thing: string;
  readonly bootId: number;
  readonly seq: number;
  readonly at: Instant;
  readonly acknowledged: boolean;
  /** Given up by the device itself, because its buffer was full. */
  readonly dropped: boolean;
  /** What it measured, in the base unit. */
  readonly measured?: { readonly slot: string; readonly amount: number; readonly uncertainty: number } | undefined;
  /** It told that a door was opened, or that somebody watched. */
  readonly tellsUse?: boolean;
  /** That its screen has shown something. */
  readonly tellsShown?: boolean;
}

export type ReadingVerdict = 'applied' | 'quarantined' | 'ignored';
/** What became of a reading, as often as the journal and the quarantine say it. */
export interface ReadingOutcome {
  readonly thing: string;
  readonly bootId: number;
  readonly seq: number;
  readonly verdict: ReadingVerdict;
}

/** An order as the shop's own ledger has it; one entry each time the shop took it for new. */
export interface ShopOrder {
  readonly retailerId: string;
  readonly at: Instant;
  readonly orderId: string;
  readonly totalMinor: number;
  readonly lines: readonly { readonly gtin: string; readonly quantity: number; readonly unitPriceMinor: number }[];
}

/** What the shop said about an order. */
export interface ShopMessage {
  readonly retailerId: string;
  readonly at: Instant;
  readonly messageId: string;
  readonly type: string;
  readonly orderId: string;
  /** We answered 2xx. */
  readonly taken: boolean;
  readonly totalMinor?: number | undefined;
  /** A first part of the goods: more is to come. */
  readonly isPart?: boolean | undefined;
}

/** A parcel before the door. */
export interface Handover {
  readonly account: string;
  readonly at: Instant;
  readonly orderId: string;
  /** Of an order that comes in several. */
  readonly part?: number | undefined;
  readonly lines: readonly { readonly gtin: string; readonly packs: number }[];
}

export interface MemberAnswer {
  readonly at: Instant;
  readonly memberId: string;
  readonly orderId: string;
  readonly answer: 'approve' | 'decline';
  readonly approvalId: string;
  readonly quoteHash: string;
}

export interface Item<State> {
  /** `<pk>/<sk>`: the aggregate, as its events name it. */
  readonly key: string;
  readonly version: number;
  readonly events: readonly EventEnvelope[];
  readonly dueAt?: Instant | undefined;
  readonly state: State;
}
export type OrderItem = Item<StoredOrder>;

/** Something that was done to the run on purpose. */
export interface InjectedFault {
  readonly fault: string;
  /** For poison the mark that each message carries. */
  readonly subject?: string | undefined;
}

export interface DeadLetter {
  readonly queue: string;
  readonly messageId: string;
  readonly body: string;
}

export interface Facts {
  readonly startsAt: Instant;
  /** Product time at which the run was drained. */
  readonly now: Instant;
  /** What was allowed to go wrong. */
  readonly faultsOn: readonly FaultKind[];
  /** How long a device may hold a reading that nobody has acknowledged before it counts as unheard. */
  readonly readingGraceHours: number;
  /** A person pressed the buttons in this folder, so the members' ledger does not hold every answer. */
  readonly isAnsweredByHand: boolean;

  readonly readings: readonly SentReading[];
  readonly outcomes: readonly ReadingOutcome[];
  /** The shops that this run simulates: only they keep a ledger that can be read. */
  readonly shopsInRun: readonly string[];
  readonly shopOrders: readonly ShopOrder[];
  readonly shopMessages: readonly ShopMessage[];
  readonly handovers: readonly Handover[];
  readonly answers: readonly MemberAnswer[];
  readonly faults: readonly InjectedFault[];
  readonly life: LifeFacts;

  readonly households: readonly Item<Household>[];
  readonly supplies: readonly Item<Supply>[];
  readonly baskets: readonly Item<Basket>[];
  readonly spends: readonly Item<Spend>[];
  readonly orders: readonly OrderItem[];
  readonly deliveries: readonly Item<Delivery>[];
  readonly touchpoints: readonly Item<Touchpoint>[];
  /** Every item of every table, also those without a list of their own. */
  readonly items: readonly Item<unknown>[];
  readonly unreadable: readonly { readonly key: string; readonly reason: string }[];
  readonly deadLetters: readonly DeadLetter[];
}
