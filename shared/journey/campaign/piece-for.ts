/** Which piece of a campaign a household gets: by where it lives, what it has, how it stands and what is known of it. */
import type { DeviceType } from '../../values.ts';
import { judge, type Known } from '../standing/condition.ts';
import type { Campaign, MeantFor, Piece } from './campaign.ts';

export interface Addressee {
  readonly postalCode: string;
  /** Of what is in the house. */
  readonly devices: readonly DeviceType[];
  /** Of its supplies. */
  readonly productLines: readonly string[];
  readonly known: Known;
}

/** Undefined for a household whom the campaign does not concern, or for whom nothing is meant. What is unknown of it does not hold. */
export function pieceFor({ audience, pieces }: Pick<Campaign, 'audience' | 'pieces'>, addressee: Addressee): Piece | undefined {
  if (audience !== undefined && judge(audience, addressee.known).holds !== true) return undefined;
  return pieces.find(({ for: meant }) => meant === undefined || isMeant(meant, addressee));
}

/** Spaces and case of a postal code say nothing. */
const plain = (code: string): string => code.replaceAll(/\s/g, '').toUpperCase();
/** @param areas beginnings of postal codes */
export const isNearby = (postalCode: string, areas: readonly string[]): boolean => areas.some((area) => plain(postalCode).startsWith(plain(area)));

function isMeant({ postalAreas, devices, phases, productLines, where }: MeantFor, { postalCode, known, ...has }: Addressee): boolean {
  const lives = postalAreas === undefined || isNearby(postalCode, postalAreas);
  const owns = devices === undefined || devices.some((type) => has.devices.includes(type));
  const buys = productLines === undefined || productLines.some((line) => has.productLines.includes(line));
  const stands = phases === undefined || known.phases.some(({ phase }) => phases.includes(phase));
  return lives && owns && buys && stands && (where === undefined || judge(where, known).holds === true);
}
