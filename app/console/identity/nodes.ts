/** Ids, devices and households by a name that a person can tell apart. */
import { idTypeNames, type IdType } from '../../../shared/journey/identity/id-type.ts';
import { nameOf, type Node } from '../../../shared/journey/identity/identity-record.ts';
import type { Answer } from '../../api/contract-types.ts';

export type IdentityView = Answer<'readIdentity'>;
type Names = Readonly<Record<IdType | 'device' | 'household', string>>;

export const isIdType = (text: string): text is IdType => idTypeNames.some((name) => name === text);
const HIDDEN = /hidden:([0-9a-zA-Z_-]{1,8}).*/;

/** `E-mail …3fa9c1`: what is kept as a fingerprint is told apart by its beginning. */
export function nodeInWords(node: Node, names: Names): string {
  if (node.node === 'household') return `${names.household} ${node.householdId}`;
  if (node.node === 'device') return `${names.device} ${node.thing}`;
  return `${names[node.type]} ${node.value.replace(HIDDEN, '…$1')}`;
}

/** `userId:mem_anna`, `device:fridge-anna`, `household:hh_anna`, with or without `person:` or `visitor:` before it. */
export function nameInWords(name: string, names: Names): string {
  const bare = name.replace(/^(?:person|visitor):/, '');
  const [kind = '', ...rest] = bare.split(':');
  const value = rest.join(':').replace(HIDDEN, '…$1');
  return isIdType(kind) || kind === 'device' || kind === 'household' ? `${names[kind]} ${value}` : bare;
}

/** Each once, the household itself first. */
export function nodesOf({ pairs }: IdentityView, householdId: string): Node[] {
  const known = new Map<string, Node>();
  for (const node of pairs.flatMap(({ from, to }) => (to === undefined ? [from] : [from, to]))) known.set(nameOf(node), node);
  const home = `household:${householdId}`;
  return [...known].sort(([a], [b]) => (a === home ? -1 : b === home ? 1 : a < b ? -1 : 1)).map(([, node]) => node);
}
