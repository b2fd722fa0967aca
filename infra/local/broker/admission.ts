/** Decides at CONNECT who may come in; everything about the connection is judged here, its will included. */
import { randomUUID } from 'node:crypto';
import type { ConnectPacket } from 'aedes';
import type { Activity } from '../activity.ts';
import { authorize, type Authorization, type AuthorizeConnection, type ConnectionRequest } from './authorizer.ts';
import { decideBy, type Decide } from './decide.ts';
import { contextOf, isSame, type Proven } from './identity.ts';
import { clientIdProblem, publishProblem } from './limits.ts';
import type { Policy } from './policy.ts';
import { Session } from './session.ts';

/** CONNACK return codes of MQTT 3.1.1 (§3.2.2.3) that we give. */
const RETURN_CODES = { 'identifier rejected': 2, 'server unavailable': 3, 'bad user name or password': 4, 'not authorized': 5 } as const;

export class AdmissionRefused extends Error {
  readonly returnCode: (typeof RETURN_CODES)[keyof typeof RETURN_CODES];

  constructor(kind: keyof typeof RETURN_CODES, reason: string) {
    super(`${kind}: ${reason}`);
    this.name = 'AdmissionRefused';
    this.returnCode = RETURN_CODES[kind];
  }
}

export type Admission = Readonly<{
  proven: Proven;
  /** Hold for every thing. */
  thingPolicies: readonly Policy[];
  /** Asked again here, since a certificate may have been revoked after it was shown. */
  isRevoked: (certificateId: string) => boolean;
  authorizeConnection: AuthorizeConnection;
  /** The connection that has this client id now. */
  present: (clientId: string) => Session | undefined;
  activity: Activity;
}>;

/** An app is let in for a while, and asked about again. */
export type Admitted = Readonly<{ session: Session; app?: Readonly<{ request: ConnectionRequest; authorization: Authorization }> }>;

/** Throws AdmissionRefused. */
export async function admit(packet: ConnectPacket, admission: Admission): Promise<Admitted> {
  const { clientId, will } = packet;
  const problem = clientIdProblem(clientId);
  if (problem !== undefined) throw new AdmissionRefused('identifier rejected', problem);
  const admitted = admission.proven === 'no certificate' ? await admitApp(packet, admission) : admitThing(clientId, admission.proven, admission);
  const { decide, identity } = admitted.session;
  mustAllow(decide('iot:Connect', clientId));
  if (will !== undefined) mustAllowWill(decide, will);
  const rival = admission.present(clientId);
  if (rival !== undefined && !isSame(rival.identity, identity)) throw new AdmissionRefused('not authorized', `${clientId} is connected as somebody else`);
  if (rival !== undefined) rival.disconnectReason ??= 'DUPLICATE_CLIENTID';
  return admitted;
}

function admitThing(clientId: string, identity: Exclude<Proven, string>, { thingPolicies, isRevoked, activity }: Admission): Admitted {
  if (isRevoked(identity.certificateId)) throw new AdmissionRefused('not authorized', `the certificate of ${identity.thing} is revoked`);
  return { session: new Session({ clientId, identity, decide: decideBy(thingPolicies, identity.thing, contextOf(identity, clientId)), activity }) };
}

async function admitApp(packet: ConnectPacket, { authorizeConnection, activity }: Admission): Promise<Admitted> {
  const { clientId } = packet;
  const request = requestOf(packet);
  let authorization: Authorization | undefined;
  try {
    authorization = await authorize(request, authorizeConnection);
  } catch (cause) {
    throw new AdmissionRefused('server unavailable', `the connection cannot be authorized: ${cause instanceof Error ? cause.message : String(cause)}`);
  }
  if (authorization === undefined) throw new AdmissionRefused('bad user name or password', 'neither a client certificate nor what the authorizer knows');
  const identity = { kind: 'app', principalId: authorization.principalId } as const;
  return { session: new Session({ clientId, identity, decide: decideForApp(authorization, clientId), activity }), app: { request, authorization } };
}

/** Of the variables that policies have, an app's connection knows its client id only: it is no thing and has no certificate. */
export const decideForApp = ({ policies, principalId }: Authorization, clientId: string): Decide =>
  decideBy(policies, principalId, { 'iot:ClientId': clientId });

const requestOf = ({ clientId, username, password }: ConnectPacket): ConnectionRequest => ({
  signatureVerified: false,
  protocols: ['tls', 'mqtt'],
  protocolData: { mqtt: { clientId, ...(username && { username }), ...(password && { password: Buffer.from(password).toString('base64') }) } },
  connectionMetadata: { id: randomUUID() },
});

/** A will is a publish that happens later, so it is decided now: at its time nobody is left to be told. */
function mustAllowWill(decide: Decide, will: NonNullable<ConnectPacket['will']>): void {
  const problem = publishProblem({ topic: will.topic, payload: will.payload, qos: will.qos ?? 0, retain: will.retain ?? false });
  if (problem !== undefined) throw new AdmissionRefused('not authorized', `will: ${problem}`);
  mustAllow(decide('iot:Publish', will.topic));
}

function mustAllow(decision: ReturnType<Decide>): void {
  if (decision !== 'allow') throw new AdmissionRefused('not authorized', decision.deny);
}
