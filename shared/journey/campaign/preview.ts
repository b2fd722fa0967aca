/** What a campaign would do, tried on some households and leads before it is saved: how many it concerns, and which piece how many of them would get. */
import { judge } from '../standing/condition.ts';
import type { Campaign } from './campaign.ts';
import { leadPieceFor, type LeadAddressee } from './lead-piece-for.ts';
import { pieceFor, type Addressee } from './piece-for.ts';

export interface Tried {
  /** How many were looked at. */
  readonly of: number;
  /** Whom it concerns, whether or not anything is meant for them. */
  readonly concerned: number;
  /** Of whom it is not known: they do not count as concerned. */
  readonly unknown: number;
  /** In their order. Before anybody is kept out to compare with. */
  readonly pieces: readonly { readonly piece: string; readonly get: number }[];
}

export function tryOnHouseholds({ audience, pieces }: Pick<Campaign, 'audience' | 'pieces'>, households: readonly Addressee[]): Tried {
  const judged = households.map((one) => ({ one, holds: audience === undefined ? true : judge(audience, one.known).holds }));
  const got = judged.map(({ one }) => pieceFor({ ...(audience && { audience }), pieces }, one)?.piece);
  return {
    of: households.length,
    concerned: judged.filter(({ holds }) => holds === true).length,
    unknown: judged.filter(({ holds }) => holds === undefined).length,
    pieces: counted(pieces, got),
  };
}

export function tryOnLeads({ audience, pieces }: NonNullable<Campaign['leads']>, leads: readonly LeadAddressee[]): Tried {
  const everybody = { piece: 'everybody', title: NOTHING, text: NOTHING };
  return {
    of: leads.length,
    concerned: leads.filter((lead) => leadPieceFor({ ...(audience && { audience }), pieces: [everybody] }, lead) !== undefined).length,
    unknown: 0,
    pieces: counted(
      pieces,
      leads.map((lead) => leadPieceFor({ ...(audience && { audience }), pieces }, lead)?.piece),
    ),
  };
}
const NOTHING = { de: '', en: '' };

const counted = (pieces: readonly { readonly piece: string }[], got: readonly (string | undefined)[]): Tried['pieces'] =>
  pieces.map(({ piece }) => ({ piece, get: got.filter((one) => one === piece).length }));
