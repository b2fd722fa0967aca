/** What may reach a household, on which screen, and why it may not: the closed lists of words. Without zod, because the app's pages read them too. */

/**
 * Where something that an order itself does not require may reach a household; `watch` is a member's own, told through the app of their phone; `crm` asks
 * somebody of the company to get in touch.
 */
export const reachChannels = ['app', 'tv', 'fridge', 'watch', 'e-mail', 'crm'] as const;
export type ReachChannel = (typeof reachChannels)[number];
/** Under which name it stands in the journey: a watch shows what the app of a phone pushes to it. */
export const channelOfReach = (channel: ReachChannel): Exclude<ReachChannel, 'watch'> | 'push' => (channel === 'watch' ? 'push' : channel);

/**
 * What it rests on. `order`: something that the household has begun and that waits for it (GDPR Art. 6 (1) b). `service`: looking after what it
 * already has (b, f). `suggestion`: made from its orders, until it objects to that (f with Art. 21). `news`: only after somebody's yes (a; UWG §7 (2)).
 */
export const reachPurposes = ['order', 'service', 'suggestion', 'news'] as const;
export type ReachPurpose = (typeof reachPurposes)[number];

/** Serves us as much as the household: it waits while something is wrong. */
export const isPromotional = (purpose: ReachPurpose): boolean => purpose === 'suggestion' || purpose === 'news';

/** Why a member's yes to e-mail ended: they said so, by the link in a letter, by leaving the household, or because their mailbox would not have it. */
export const mailEndings = ['said-so', 'stop-link', 'left', 'bounced', 'complained'] as const;
export type MailEnding = (typeof mailEndings)[number];

/** Everything that the gate may answer instead of a channel. */
export const heldReasons = [
  'stopped',
  'stopped-all',
  'no-consent',
  'left-alone',
  'too-late',
  'no-channel',
  'channel-away',
  'open-case',
  'bad-moment',
  'unwell',
  'day-full',
  'week-full',
  'quiet-hours',
  'better-moment',
] as const;
export type HeldReason = (typeof heldReasons)[number];
