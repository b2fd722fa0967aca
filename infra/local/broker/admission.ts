/** Decides at CONNECT who may come in; everything about the connection is judged here, its will included. */
import type { ConnectPacket } from 'aedes';
import type { Activity } from '../activity.ts';
import { decide } from './decide.ts';
import { isSame, type Identity, type ThingIdentity } from './identity.ts';
import { clientIdProblem, publishProblem } from './limits.ts';
import { Session } from './session.ts';

export type AuthorizeMember = (memberId: string, token: string) => Promise<{ householdId: string } | undefined>;

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
  proven: ThingIdentity | 'no certificate';
  authorizeMember: AuthorizeMember;
  /** The connection that has this client id now. */
  present: (clientId: string) => Session | undefined;
  activity: Activity;
}>;

/** Throws AdmissionRefused. */
export async function admit(packet: ConnectPacket, { proven, authorizeMember, present, activity }: Admission): Promise<Session> {
  const { clientId, will } = packet;
  const problem = clientIdProblem(clientId);
  if (problem !== undefined) throw new AdmissionRefused('identifier rejected', problem);
  const identity = proven === 'no certificate' ? await memberOf(packet, authorizeMember) : proven;
  mustAllow(decide(identity, 'iot:Connect', clientId));
  if (will !== undefined) mustAllowWill(identity, will);
  const rival = present(clientId);
  if (rival !== undefined && !isSame(rival.identity, identity)) throw new AdmissionRefused('not authorized', `${clientId} is connected as somebody else`);
  if (rival !== undefined) rival.disconnectReason ??= 'DUPLICATE_CLIENTID';
  return new Session(clientId, identity, activity);
}

async function memberOf({ username, password }: ConnectPacket, authorizeMember: AuthorizeMember): Promise<Identity> {
  if (!username || !password) throw new AdmissionRefused('bad user name or password', 'neither a client certificate nor a member and a token');
  let household;
  try {
    household = await authorizeMember(username, password.toString());
  } catch (cause) {
    throw new AdmissionRefused('server unavailable', `member cannot be verified: ${String(cause)}`);
  }
  if (household === undefined) throw new AdmissionRefused('bad user name or password', `${JSON.stringify(username)} with this token is no member`);
  return { kind: 'member', memberId: username, householdId: household.householdId };
}

/** A will is a publish that happens later, so it is decided now: at its time nobody is left to be told. */
function mustAllowWill(identity: Identity, will: NonNullable<ConnectPacket['will']>): void {
  const problem = publishProblem({ topic: will.topic, payload: will.payload, qos: will.qos ?? 0, retain: will.retain ?? false });
  if (problem !== undefined) throw new AdmissionRefused('not authorized', `will: ${problem}`);
  mustAllow(decide(identity, 'iot:Publish', will.topic));
}

function mustAllow(decision: ReturnType<typeof decide>): void {
  if (decision !== 'allow') throw new AdmissionRefused('not authorized', decision.deny);
}
