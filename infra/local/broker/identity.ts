/** Who is at the other end: known from the connection, never from what it sends. */
import type { PeerCertificate, TLSSocket } from 'node:tls';
import { thingNameSchema } from '../../../shared/values.ts';
import { certificateIdOf } from './certificates.ts';

export type ThingIdentity = Readonly<{ kind: 'thing'; thing: string; certificateId: string }>;
export type MemberIdentity = Readonly<{ kind: 'member'; memberId: string; householdId: string }>;
export type Identity = ThingIdentity | MemberIdentity;

/** What a rule's `principal()` says. */
export const principalOf = (identity: Identity): string => (identity.kind === 'thing' ? identity.certificateId : identity.memberId);

/** May one take over the other's connection? A thing may with a new certificate, and a member from another household may not. */
export const isSame = (a: Identity, b: Identity): boolean =>
  a.kind === 'thing' ? b.kind === 'thing' && a.thing === b.thing : b.kind === 'member' && a.memberId === b.memberId && a.householdId === b.householdId;

/** What the certificate proves, if there was one: the thing that its common name names, or that it is none of ours. */
export function identityOfSocket(socket: TLSSocket): ThingIdentity | 'no certificate' | { refused: string } {
  // Without a client certificate the types promise one nevertheless; an empty object comes.
  const certificate: Partial<PeerCertificate> = socket.getPeerCertificate();
  if (certificate.fingerprint256 === undefined) return 'no certificate';
  if (!socket.authorized) return { refused: `certificate not accepted: ${String(socket.authorizationError)}` };
  const thing = thingNameSchema.safeParse(certificate.subject?.CN);
  if (!thing.success) return { refused: 'certificate names no thing' };
  return { kind: 'thing', thing: thing.data, certificateId: certificateIdOf({ fingerprint256: certificate.fingerprint256 }) };
}
