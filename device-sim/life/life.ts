/** What people do beside answering orders: they look at pages, feel, answer how it went, complain, and one of them moves. */
import { join } from 'node:path';
import { millisOf } from '../../shared/values.ts';
import { answersByHand } from '../by-hand.ts';
import { HouseholdApi } from '../household-api.ts';
import { openLedger } from '../ledger.ts';
import type { HouseholdSpec, Simulation } from '../simulation.ts';
import { Browsers } from './browsers.ts';
import { collect } from './collector.ts';
import { Customer } from './customer.ts';
import { lifeLineSchema, type LifeLine } from './life-lines.ts';
import { Mover } from './mover.ts';
import { tabletOf, visitsOf, type Visit } from './visits.ts';

export class Life {
  readonly #customers: ReadonlyMap<string, Customer>;
  readonly #browsers: Browsers | undefined;
  readonly #mover: Mover | undefined;
  readonly #moverId: string | undefined;
  readonly #close: () => Promise<void>;

  private constructor(
    simulation: Simulation,
    past: readonly LifeLine[],
    { record, close }: { record: (lines: readonly LifeLine[]) => Promise<void>; close: () => Promise<void> },
  ) {
    const startsAt = millisOf(simulation.startsAt);
    const { seed, apiUrl, households } = simulation;
    this.#close = close;
    this.#customers = new Map(
      households.flatMap((household) => {
        const voice = voiceOf(household);
        if (voice === undefined) return [];
        const { householdId } = household;
        const doors = doorsOf(new HouseholdApi(apiUrl, householdId, voice));
        const isHere = () => !answersByHand(simulation, household);
        return [[voice.memberId, new Customer({ seed, householdId, startsAt, doors, isHere, record }, past)] as const];
      }),
    );
    const { collect: website } = simulation;
    const send = website === undefined ? undefined : { apiUrl, writeKey: website.writeKey };
    this.#browsers = send && new Browsers(visitsIn(simulation, startsAt), { record, send: (batch) => collect(send, batch) }, past);
    const [first, second] = households;
    const [owner, who] = [first?.members[0], second?.members.find(({ answers, email }) => answers === undefined && email !== undefined)];
    if (first === undefined || second === undefined || owner === undefined || who === undefined) return;
    const [own, next] = [new HouseholdApi(apiUrl, second.householdId, who), new HouseholdApi(apiUrl, first.householdId, owner)];
    this.#moverId = who.memberId;
    this.#mover = new Mover({ who, own, ownId: second.householdId, next }, { startsAt, past, record });
  }

  static async begin(simulation: Simulation): Promise<Life> {
    const { ledger, lines } = await openLedger(join(simulation.ledgers, 'life.ndjson'));
    const past = lines.map((line) => lifeLineSchema.parse(line));
    return new Life(simulation, past, { record: (added) => ledger.append(added), close: () => ledger.close() });
  }

  /** Of whoever speaks for their household. */
  customerOf(memberId: string): Customer | undefined {
    return this.#customers.get(memberId);
  }

  /** Whether this member has left the household in which the simulation knows them. */
  hasMoved(memberId: string): boolean {
    return memberId === this.#moverId && this.#mover?.hasMoved === true;
  }

  get nextAt(): readonly (number | null)[] {
    return [...[...this.#customers.values()].map(({ nextAt }) => nextAt), this.#browsers?.nextAt ?? null, this.#mover?.nextAt ?? null];
  }

  async act(now: number): Promise<void> {
    await this.#browsers?.act(now);
    await Promise.all([...this.#customers.values()].map((customer) => customer.act(now)));
    await this.#mover?.act(now);
  }

  close(): Promise<void> {
    return this.#close();
  }
}

const voiceOf = ({ members }: HouseholdSpec) => members.find(({ answers, handsOff }) => answers !== undefined && !handsOff);

function visitsIn({ seed, households }: Simulation, startsAt: number): Visit[] {
  const visitors = households.flatMap((household) => {
    const voice = voiceOf(household);
    return voice === undefined ? [] : [{ seed, startsAt, userId: voice.memberId, anonymousId: `anon-${household.account}` }];
  });
  const [first, second] = visitors;
  const tablet = first === undefined || second === undefined ? [] : tabletOf(seed, [first.userId, second.userId], startsAt);
  return [...visitors.flatMap(visitsOf), ...tablet];
}

const doorsOf = (api: HouseholdApi) => ({
  survey: api.survey.bind(api),
  answerSurvey: api.answerSurvey.bind(api),
  openCase: api.openCase.bind(api),
  solveCase: api.solveCase.bind(api),
  promisedAt: api.promisedAt.bind(api),
});
