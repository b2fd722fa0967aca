/**
 * In which phase of the journey the events stand whose names many trackers share: Segment's specifications “E-commerce v2”, “Email”, “Mobile”,
 * “Live Chat” and “B2B SaaS”. What is not here stands where its source says.
 */
import type { Initiator, Phase } from '../words.ts';

export interface KnownEvent {
  readonly phase: Phase;
  /** Where it is not the customer who did it. */
  readonly initiator?: Initiator;
}

const ofPhase = (phase: Phase, ...names: readonly string[]) => names.map((name) => [name.toLowerCase(), { phase }] as const);
const ofCompany = (phase: Phase, ...names: readonly string[]) => names.map((name) => [name.toLowerCase(), { phase, initiator: 'company' }] as const);

const known: ReadonlyMap<string, KnownEvent> = new Map<string, KnownEvent>([
  ...ofCompany('awareness', 'Promotion Viewed', 'Email Delivered', 'Push Notification Received', 'Ad Impression'),
  ...ofPhase('awareness', 'Install Attributed', 'Ad Clicked', 'Promotion Clicked'),
  ...ofPhase('information', 'Products Searched', 'Product List Viewed', 'Product Clicked', 'Product Viewed', 'Email Opened', 'Email Link Clicked'),
  ...ofPhase('information', 'Push Notification Tapped', 'Application Installed'),
  ...ofPhase('comparison', 'Product List Filtered', 'Product Added to Wishlist', 'Product Removed from Wishlist', 'Product Compared'),
  ...ofPhase('conviction', 'Product Added', 'Product Removed', 'Cart Viewed', 'Wishlist Product Added to Cart', 'Coupon Entered', 'Coupon Applied'),
  ...ofPhase('conviction', 'Coupon Denied', 'Coupon Removed', 'Cart Shared', 'Trial Started'),
  ...ofPhase('closing', 'Checkout Started', 'Checkout Step Viewed', 'Checkout Step Completed', 'Payment Info Entered', 'Order Completed', 'Signed Up'),
  ...ofCompany('logistics', 'Order Updated', 'Order Shipped', 'Order Delivered'),
  ...ofPhase('implementation', 'Account Created', 'Invite Sent', 'Device Connected'),
  ...ofPhase('support', 'Order Cancelled', 'Order Refunded', 'Live Chat Conversation Started', 'Live Chat Message Sent', 'Live Chat Conversation Ended'),
  ...ofPhase('support', 'Account Deleted', 'Email Marked as Spam', 'Unsubscribed', 'Support Called', 'Case Opened'),
  ...ofCompany('support', 'Live Chat Message Received', 'Case Answered', 'Case Solved'),
  ...ofPhase('loyalty', 'Review Submitted', 'Product Reviewed', 'Product Shared', 'Application Opened', 'Survey Answered', 'Friend Recommended'),
  ...ofPhase('up-selling', 'Plan Upgraded', 'Subscription Upgraded'),
  ...ofPhase('cross-selling', 'Recommendation Clicked', 'Accessory Viewed'),
]);

/** Names are compared without case. */
export const knownEvent = (name: string): KnownEvent | undefined => known.get(name.trim().toLowerCase());
