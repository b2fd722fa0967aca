/** The wish to reach a household with its piece of a campaign: once for each campaign, however often it is looked at. */
import type { HouseholdId, Instant } from '../../values.ts';
import type { Wish } from '../outreach/wish.ts';
import { waitsUntil, type Campaign, type Piece } from './campaign.ts';

/** The kind is the campaign, so that a household can stop it alone, and each touchpoint of it names it. @param wishedAt when it was first due */
export function wishOf(campaign: Campaign, piece: Piece, householdId: HouseholdId, wishedAt: Instant): Wish {
  const { link } = piece;
  return {
    wishId: `campaign:${campaign.campaign}`,
    householdId,
    kind: campaign.campaign,
    purpose: campaign.purpose,
    words: { de: { title: piece.title.de, text: piece.text.de }, en: { title: piece.title.en, text: piece.text.en } },
    reason: campaign.reason,
    channels: [...(piece.channels ?? campaign.channels)],
    wishedAt,
    until: waitsUntil(campaign, wishedAt),
    phase: campaign.phase,
    ...(link !== undefined && { link }),
  };
}
