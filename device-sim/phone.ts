/** A member's phone: hears the household's messages over MQTT, and after each time without connection asks what it has missed. */
import type { IPublishPacket } from 'mqtt';
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { instantSchema, orderIdSchema, type HouseholdId } from '../shared/values.ts';
import { brokerAddress, Connection } from './connection.ts';
import { tokenIn } from './ask-api.ts';
import type { HouseholdApi } from './household-api.ts';
import type { Customer } from './life/customer.ts';
import { TRY_AGAIN_AFTER, type Member } from './member.ts';
import { endWithBug } from './process-life.ts';
import type { MemberSpec, Simulation } from './simulation.ts';
import type { Substitutes } from './substitutes.ts';

const messageSchema = z.looseObject({ messageId: z.string(), kind: z.string(), orderId: orderIdSchema.optional(), at: instantSchema.optional() });
const asks = (kind: string): boolean => kind === 'approval-requested' || kind === 'approval-reminder';

export interface PhoneOwner {
  readonly member: Member;
  readonly substitutes: Substitutes;
  /** Of whoever speaks for the household. */
  readonly customer?: Customer | undefined;
  readonly api: HouseholdApi;
  readonly householdId: HouseholdId;
  readonly spec: MemberSpec;
  now(): number;
  /** Resolves when the clock can no longer pass the member's next moment. */
  bringForward(): Promise<void>;
}

export class Phone {
  readonly #owner: PhoneOwner;
  readonly #connection: Connection;
  #whenCaughtUp: (() => void)[] = [];
  #isCaughtUp = false;
  #looksAgainAt: number | null = null;

  constructor(simulation: Simulation, owner: PhoneOwner) {
    this.#owner = owner;
    const { memberId, tokenFile } = owner.spec;
    this.#connection = new Connection({
      clientId: `app-${memberId}-1`,
      seed: simulation.seed,
      options: async () => ({
        ...brokerAddress(simulation.brokerPort),
        ca: [await readFile(simulation.brokerCa)],
        // Which household's messages it is about; who asks stands in the token.
        username: owner.householdId,
        password: await tokenIn(tokenFile),
      }),
      subscribesTo: `app/nachschub/${owner.householdId}/messages`,
      onUp: () => void this.#catchUp().catch(endWithBug),
      onDown: () => {
        this.#isCaughtUp = false;
      },
      onMessage: (packet) => this.#hear(packet),
      onBug: endWithBug,
    });
  }

  get memberId(): string {
    return this.#owner.spec.memberId;
  }

  /** Product milliseconds of the next look at the list, when the API could not be reached. */
  get nextAt(): number | null {
    return this.#looksAgainAt;
  }

  /** Resolves when the phone knows all orders that wait, or after so long on wall time. */
  async caughtUp(now: number, withinMillis: number): Promise<void> {
    if (this.#looksAgainAt !== null && this.#looksAgainAt <= now) return this.#catchUp();
    if (this.#isCaughtUp) return;
    await new Promise<void>((resolve) => {
      this.#whenCaughtUp.push(resolve);
      setTimeout(resolve, withinMillis).unref();
    });
  }

  close(): Promise<void> {
    return this.#connection.close();
  }

  /** The answer is planned, and the clock knows it, before PUBACK says that the message was taken. */
  async #hear({ payload }: IPublishPacket): Promise<void> {
    const message = messageSchema.safeParse(jsonOf(payload.toString()));
    if (!message.success) return;
    const { kind, orderId, messageId } = message.data;
    await this.#owner.customer?.hear(message.data, this.#owner.now());
    if (orderId === undefined) return this.#owner.bringForward();
    if (kind === 'substitution-offered') this.#owner.substitutes.hear(orderId, messageId, this.#owner.now());
    else if (asks(kind)) await this.#owner.member.hear(orderId, messageId, this.#owner.now());
    else if (this.#owner.customer === undefined) return;
    await this.#owner.bringForward();
  }

  async #catchUp(): Promise<void> {
    const reply = await this.#owner.api.awaitingApproval();
    const now = this.#owner.now();
    this.#looksAgainAt = reply.away ? now + TRY_AGAIN_AFTER : null;
    if (!reply.away) await this.#owner.member.catchUp(reply.content ?? [], now);
    await this.#owner.bringForward();
    this.#isCaughtUp = true;
    for (const resolve of this.#whenCaughtUp.splice(0)) resolve();
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
