/** Which touchpoint each event of the product leaves in the journey, or why it leaves none. A new event does not compile without a line here. */
import type { EventType } from '../events.ts';
import type { Channel, Initiator, Phase } from './words.ts';

export interface TouchpointKind {
  readonly channel: Channel;
  readonly initiator: Initiator;
  readonly phase: Phase;
}

const none = (because: string) => ({ none: because }) as const;
const kind = (channel: Channel, initiator: Initiator, phase: Phase): TouchpointKind => ({ channel, initiator, phase });

export const touchpointCatalogue: Record<EventType, TouchpointKind | { readonly none: string }> = {
  'household.created': kind('nachschub', 'company', 'implementation'),
  'member.joined': kind('app', 'customer', 'implementation'),
  'member.invited': kind('app', 'customer', 'implementation'),
  'member.role-changed': none('who may do what at home is the household’s own affair'),
  'member.left': kind('app', 'customer', 'support'),
  'device.added': kind('app', 'customer', 'implementation'),
  'device.paired': kind('app', 'customer', 'implementation'),
  'device.confirmed': kind('nachschub', 'device', 'implementation'),
  'device.changed': none('a new name or another shelf is housekeeping'),
  'device.removed': kind('app', 'customer', 'support'),
  'lesson.completed': kind('app', 'customer', 'implementation'),
  'device.connected': none('a line that drops and comes back is nothing a household lives through; silence shows in its overview'),
  'device.disconnected': none('a line that drops and comes back is nothing a household lives through; silence shows in its overview'),
  'supply.added': kind('app', 'customer', 'implementation'),
  'shop.linked': kind('app', 'customer', 'implementation'),
  'mandate.granted': kind('app', 'customer', 'conviction'),
  'mandate.paused': kind('app', 'customer', 'support'),
  'mandate.resumed': kind('app', 'customer', 'conviction'),
  'mandate.ended': kind('app', 'customer', 'support'),
  'spending.stopped': kind('app', 'customer', 'support'),
  'spending.resumed': kind('app', 'customer', 'conviction'),
  'spending.braked': kind('nachschub', 'automation', 'support'),

  'consent.given': kind('app', 'customer', 'support'),
  'consent.withdrawn': kind('app', 'customer', 'support'),
  'data.exported': kind('app', 'customer', 'support'),
  'household.erasure-requested': none('the story is about to be erased: a line in it would only have to go too'),
  'household.erased': none('whoever is erased has no story'),

  'supply.low': kind('fridge', 'device', 'information'),
  'supply.refilled': kind('fridge', 'device', 'loyalty'),
  'supply.restocked': kind('nachschub', 'automation', 'loyalty'),
  'supply.counted': kind('app', 'customer', 'loyalty'),
  'supply.spoiled': kind('app', 'customer', 'support'),
  'supply.sensor-doubted': kind('nachschub', 'automation', 'support'),
  'supply.sensor-believed': none('that a sensor is believed again is how it should be'),
  'supply.bought-elsewhere': kind('store', 'customer', 'closing'),
  'supply.overstocked': kind('nachschub', 'automation', 'support'),
  'supply.automation-offered': kind('nachschub', 'automation', 'conviction'),
  'supply.automation-withdrawn': kind('nachschub', 'automation', 'support'),
  'supply.automation-trusted': kind('app', 'customer', 'conviction'),
  'supply.settings-changed': kind('app', 'customer', 'loyalty'),
  'supply.removed': kind('app', 'customer', 'support'),
  'diet.changed': none('what a household does not eat says something about health or faith: nobody’s business but its own (GDPR Art. 9)'),
  'form.begun': kind('app', 'customer', 'information'),
  'form.finished': kind('app', 'customer', 'conviction'),
  'list.item-added': kind('app', 'customer', 'information'),
  'list.item-changed': none('a word put right on a shopping list is no step of a journey'),
  'list.item-bought': kind('app', 'customer', 'closing'),
  'list.item-removed': kind('app', 'customer', 'information'),
  'list.item-reopened': none('it takes back a slip of the finger'),
  'list.item-abandoned': kind('nachschub', 'automation', 'information'),
  'reading.quarantined': none('a broken message is the engineer’s story, not the household’s'),

  'order.proposed': kind('nachschub', 'automation', 'comparison'),
  'order.approval-requested': kind('push', 'company', 'conviction'),
  'order.requoted': kind('app', 'customer', 'conviction'),
  'order.approved': kind('app', 'customer', 'closing'),
  'order.declined': kind('app', 'customer', 'conviction'),
  'order.expired': kind('app', 'customer', 'conviction'),
  'order.withdrawn': kind('app', 'customer', 'support'),
  'order.placing': none('the household notices placing only once it has happened: order.placed'),
  'order.placed': kind('retailer', 'automation', 'closing'),
  'order.accepted': kind('retailer', 'company', 'logistics'),
  'order.changed': kind('retailer', 'company', 'logistics'),
  'order.rejected': kind('retailer', 'company', 'support'),
  'order.shipped': kind('retailer', 'company', 'logistics'),
  'order.part-delivered': kind('retailer', 'company', 'logistics'),
  'order.delivered': kind('retailer', 'company', 'logistics'),
  'order.back-ordered': kind('retailer', 'company', 'logistics'),
  'order.returned': kind('retailer', 'customer', 'support'),
  'order.refunded': kind('retailer', 'company', 'support'),
  'order.refund-overdue': kind('nachschub', 'automation', 'support'),
  'order.payment-declined': kind('retailer', 'company', 'support'),
  'order.cancelled': kind('retailer', 'company', 'support'),
  'order.stuck': kind('nachschub', 'company', 'support'),
  'order.taken-after-refusal': kind('retailer', 'company', 'support'),
  'order.cancel-requested': kind('app', 'customer', 'support'),
  'order.cancel-refused': kind('retailer', 'company', 'support'),
  'order.substitution-offered': kind('retailer', 'company', 'logistics'),
  'order.substitution-answered': kind('app', 'customer', 'logistics'),

  'contract.declared': none('whose contract it is, if anybody’s, shows only when it is matched: contract.withdrawn'),
  'contract.withdrawn': kind('app', 'customer', 'support'),

  'case.opened': kind('app', 'customer', 'support'),
  'case.answered': kind('nachschub', 'company', 'support'),
  'case.added': kind('app', 'customer', 'support'),
  'case.solved': kind('app', 'customer', 'support'),
  'case.reopened': kind('app', 'customer', 'support'),

  'survey.asked': kind('app', 'company', 'loyalty'),
  'survey.answered': kind('app', 'customer', 'loyalty'),
  'survey.skipped': kind('app', 'customer', 'loyalty'),

  'outreach.sent': kind('app', 'company', 'loyalty'),
  'outreach.opened': kind('app', 'customer', 'conviction'),
  'outreach.stopped': kind('app', 'customer', 'support'),
  'outreach.allowed': kind('app', 'customer', 'loyalty'),
  'task.requested': none('work for somebody of the company; what comes of it at the household is told when it happens'),

  'referral.entered': kind('app', 'customer', 'closing'),
  'referral.redeemed': kind('nachschub', 'company', 'loyalty'),

  'webhook.failed': none('an attempt that will be repeated is nothing a household lives through'),
  'webhook.abandoned': kind('nachschub', 'company', 'support'),

  'retailer.unreachable': none('a shop’s trouble belongs to no household; what it delays is told as order.stuck'),
  'retailer.reachable': none('a shop’s trouble belongs to no household'),
  'retailer.disabled': none('a shop’s trouble belongs to no household'),

  'phase.entered': none('made from touchpoints: the loop ends here'),
  'segment.entered': none('made from touchpoints: the loop ends here'),
  'segment.left': none('made from touchpoints: the loop ends here'),
  'action.recommended': none('made from touchpoints: the loop ends here'),
  'lead.generated': none('made from touchpoints: the loop ends here'),
  'lead.handed-over': kind('crm', 'company', 'conviction'),
  'lead.won': none('made from touchpoints: the loop ends here'),
  'lead.lost': none('made from touchpoints: the loop ends here'),
};
