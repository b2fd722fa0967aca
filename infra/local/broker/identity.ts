/** Who is at the other end: known from the connection, never from what it sends. */
import type { PeerCertificate, TLSSocket } from 'node:tls';
import { thingNameSchema } from '../../../shared/values.ts';
import { certificateIdOf } from './certificates.ts';
import type { PolicyContext } from './policy-resource.ts';

export type ThingIdentity = Readonly<{ kind: 'thing'; thing: string; certificateId: string }>;
/** Whom the authorizer has recognised. */
export type AppIdentity = Readonly<{ kind: 'app'; principalId: string }>;
export type Identity = ThingIdentity | AppIdentity;
/** What a connection proves before anybody has said anything on it. */
export type Proven = ThingIdentity | 'no certificate';

/** What a rule's `principal()` says. */
export const principalOf = (identity: Identity): string => (identity.kind === 'thing' ? identity.certificateId : identity.principalId);

/** May one take over the other's connection? A thing may with a new certificate too. AWS asks nobody here; the policies must. */
export const isSame = (a: Identity, b: Identity): boolean =>
  a.kind === 'thing' ? b.kind === 'thing' && a.thing === b.thing : b.kind === 'app' && a.principalId === b.principalId;

/**
 * What the policies of things may ask about this connection. As on AWS the thing is the one that the client id names, and it is
 * attached when the certificate is its own; a certificate of ours is made for the thing of its common name.
 */
export function contextOf({ thing }: ThingIdentity, clientId: string): PolicyContext {
  return {
    'iot:ClientId': clientId,
    'iot:Certificate.Subject.CommonName': thing,
    ...(thingNameSchema.safeParse(clientId).success && { 'iot:Connection.Thing.ThingName': clientId }),
    'iot:Connection.Thing.IsAttached': clientId === thing ? 'true' : 'false',
  };
}

/** What the certificate proves, if there was one: the thing that its common name names, or that it is none of ours. */
export function identityOfSocket(socket: TLSSocket): Proven | { refused: string } {
  // Without a client certificate the types promise one nevertheless; an empty object comes.
  const certificate: Partial<PeerCertificate> = socket.getPeerCertificate();
  if (certificate.fingerprint256 === undefined) return 'no certificate';
  if (!socket.authorized) return { refused: `certificate not accepted: ${String(socket.authorizationError)}` };
  const thing = thingNameSchema.safeParse(certificate.subject?.CN);
  if (!thing.success) return { refused: 'certificate names no thing' };
  return { kind: 'thing', thing: thing.data, certificateId: certificateIdOf({ fingerprint256: certificate.fingerprint256 }) };
}
