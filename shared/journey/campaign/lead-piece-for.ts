/** Which piece of a campaign a lead gets: by where it stands, with what it came, what it shows interest in and where it lives, as far as it has told. */
import type { LeadTouch } from '../lead/lead-touch.ts';
import { POSTAL_CODE } from '../lead/lead-rules.ts';
import type { LeadStanding } from '../lead/lead.ts';
import { openStages, type LeadMeant, type LeadPiece, type LeadsPart } from './for-leads.ts';
import { isNearby } from './piece-for.ts';

export interface LeadAddressee {
  readonly standing: LeadStanding;
  /** What may be reckoned with, in order. */
  readonly covered: readonly LeadTouch[];
}

/** Undefined for a lead whom the campaign does not concern, who may not be addressed, or for whom nothing is meant. What is not known does not hold. */
export function leadPieceFor({ audience, pieces }: Pick<LeadsPart, 'audience' | 'pieces'>, lead: LeadAddressee): LeadPiece | undefined {
  if (lead.standing.consent !== 'given' || !isMeant(audience ?? {}, lead)) return undefined;
  return pieces.find(({ for: meant }) => meant === undefined || isMeant(meant, lead, openStages));
}

const NOT_WITH_SALES = openStages.filter((stage) => stage !== 'handed-over');

function isMeant(
  { stages, atLeastPoints, atMostPoints, asked, channels, interests, postalAreas }: LeadMeant,
  { standing: { stage, score, generated }, covered }: LeadAddressee,
  otherwise: readonly string[] = NOT_WITH_SALES,
): boolean {
  const warm = score === undefined ? atLeastPoints === undefined && atMostPoints === undefined : isBetween(score.points, atLeastPoints, atMostPoints);
  const came = (asked?.includes(generated.type) ?? true) && (channels?.includes(generated.channel) ?? true);
  const shows = interests === undefined || interests.some((rule) => score?.parts.some((part) => part.rule === rule));
  const code = covered.findLast(({ said }) => said?.[POSTAL_CODE] !== undefined)?.said?.[POSTAL_CODE];
  const lives = postalAreas === undefined || (code !== undefined && isNearby(String(code), postalAreas));
  return (stages ?? otherwise).includes(stage) && warm && came && shows && lives;
}

const isBetween = (value: number, least = 0, most = 100): boolean => least <= value && value <= most;
