/** What people do beside answering orders: they look at pages, feel, answer how it went, complain, and one of them moves. */
import { join } from 'node:path';
import { millisOf } from '../../shared/values.ts';
import { answersByHand } from '../by-hand.ts';
import { HouseholdApi } from '../household-api.ts';
import { openLedger, type Ledger } from '../ledger.ts';
import type { HouseholdSpec, Simulation } from '../simulation.ts';
import { asker } from '../ask-api.ts';
import { Agent } from './agent.ts';
import { Chores } from './chores.ts';
import { callWebhook, collect } from './collector.ts';
import { Customer } from './customer.ts';
import { Errands, type Errand, type SenderName, type Sending } from './errands.ts';
import { lifeLineSchema, type LifeLine } from './life-lines.ts';
import { choresOf, MOVED, moverOf } from './plans.ts';
import { prospectsOf } from './prospects.ts';
import { storeVisitsOf } from './store-visits.ts';
import { toldByTools } from './told-by-tools.ts';
import { asErrand, tabletOf, visitsOf, type Visitor } from './visits.ts';

export class Life {
  readonly #customers: ReadonlyMap<string, Customer>;
  readonly #errands: Errands;
  readonly #agent: Agent | undefined;
  readonly #chores: Chores;
  readonly #moverId: string | undefined;
  readonly #toldByTools: (line: LifeLine) => readonly Errand[];
  readonly #ledger: Pick<Ledger, 'append' | 'close'>;

  private constructor(simulation: Simulation, past: readonly LifeLine[], ledger: Pick<Ledger, 'append' | 'close'>) {
    const startsAt = millisOf(simulation.startsAt);
    const { seed, apiUrl, households, company } = simulation;
    this.#ledger = ledger;
    const record = (lines: readonly LifeLine[]): Promise<void> => this.#record(lines);
    this.#toldByTools = toolsOf(simulation);
    this.#customers = new Map(
      households.flatMap((household) => {
        const voice = voiceOf(household);
        if (voice === undefined) return [];
        const { householdId } = household;
        const doors = doorsOf(new HouseholdApi(apiUrl, householdId, voice));
        const isHere = () => !answersByHand(simulation, household);
        return [[voice.memberId, new Customer({ seed, householdId, startsAt, doors, isHere, record, hasPanel: company !== undefined }, past)] as const];
      }),
    );
    const told = past.flatMap((line) => this.#toldByTools(line));
    this.#errands = new Errands([...errandsIn(simulation, startsAt), ...told], { record, send: senderOf(simulation) }, past);
    this.#agent = company === undefined ? undefined : new Agent({ seed, doors: deskOf(apiUrl, company.deskTokenFile), record }, past);
    this.#chores = new Chores(choresOf({ simulation, startsAt, record }), record, past);
    this.#moverId = moverOf(simulation)?.who.memberId;
  }

  static async begin(simulation: Simulation): Promise<Life> {
    const { ledger, lines } = await openLedger(join(simulation.ledgers, 'life.ndjson'));
    return new Life(
      simulation,
      lines.map((line) => lifeLineSchema.parse(line)),
      ledger,
    );
  }

  /** Of whoever speaks for their household. */
  customerOf(memberId: string): Customer | undefined {
    return this.#customers.get(memberId);
  }

  /** Whether this member has left the household in which the simulation knows them. */
  hasMoved(memberId: string): boolean {
    return memberId === this.#moverId && this.#chores.isDone(MOVED);
  }

  get nextAt(): readonly (number | null)[] {
    const customers = [...this.#customers.values()].map(({ nextAt }) => nextAt);
    return [...customers, this.#errands.nextAt, this.#agent?.nextAt ?? null, this.#chores.nextAt];
  }

  async act(now: number): Promise<void> {
    await this.#chores.act(now);
    await Promise.all([...this.#customers.values()].map((customer) => customer.act(now)));
    await this.#agent?.act(now);
    await this.#errands.act(now);
  }

  close(): Promise<void> {
    return this.#ledger.close();
  }

  /** What others make of a line, they make of it once it is on disk. */
  async #record(lines: readonly LifeLine[]): Promise<void> {
    await this.#ledger.append(lines);
    for (const line of lines) {
      this.#agent?.hear(line);
      this.#errands.add(this.#toldByTools(line));
    }
  }
}

const voiceOf = ({ members }: HouseholdSpec) => members.find(({ answers, handsOff }) => answers !== undefined && !handsOff);

/** Of a line of one of these households, whose tools know its address. */
function toolsOf({ seed, company, households }: Simulation): (line: LifeLine) => readonly Errand[] {
  const emails = new Map<string, string | undefined>(households.map((household) => [household.householdId, voiceOf(household)?.email]));
  return (line) =>
    company === undefined || !('householdId' in line) ? [] : toldByTools(line, { seed, householdId: line.householdId, email: emails.get(line.householdId) });
}

function senderOf({ apiUrl, collect: website, company }: Simulation) {
  return (source: SenderName, messages: readonly Sending[]): Promise<boolean> => {
    const writeKey = source === 'src_website' ? website?.writeKey : source === 'src_stores' ? company?.tillWriteKey : undefined;
    if (writeKey !== undefined) return collect({ apiUrl, writeKey }, messages);
    const secret = source === 'src_website' || source === 'src_stores' ? undefined : company?.secrets[source];
    return secret === undefined ? Promise.resolve(false) : callWebhook({ apiUrl, source, secret }, messages);
  };
}

function errandsIn({ seed, households, collect: website, company }: Simulation, startsAt: number): Errand[] {
  const visitors = households.flatMap((household): Visitor[] => {
    const voice = voiceOf(household);
    if (voice === undefined) return [];
    return [{ seed, startsAt, userId: voice.memberId, anonymousId: `anon-${household.account}`, ...(company !== undefined && { email: voice.email }) }];
  });
  const [first, second] = visitors;
  const tablet = first === undefined || second === undefined ? [] : tabletOf(seed, [first.userId, second.userId], startsAt);
  const buyers = visitors.flatMap(({ email }) => (email === undefined ? [] : [{ seed, startsAt, email }]));
  const prospects = company === undefined ? [] : prospectsOf(seed, startsAt);
  return [
    ...(website === undefined ? [] : [...visitors.flatMap(visitsOf), ...tablet, ...prospects].map(asErrand)),
    ...(company === undefined ? [] : storeVisitsOf(buyers)),
  ];
}

const doorsOf = (api: HouseholdApi) => ({
  survey: api.survey.bind(api),
  answerSurvey: api.answerSurvey.bind(api),
  openCase: api.openCase.bind(api),
  caseStatus: api.caseStatus.bind(api),
  writeInCase: api.writeInCase.bind(api),
  solveCase: api.solveCase.bind(api),
  promisedAt: api.promisedAt.bind(api),
});

/** The console, where somebody says for what they look before they see anything. */
function deskOf(apiUrl: string, tokenFile: string) {
  const ask = asker(`${apiUrl.replace(/\/$/, '')}/console/households`, { tokenFile, who: 'desk' });
  return {
    readPage: (householdId: string, caseId: string) => ask(`/${householdId}?purpose=case&caseId=${caseId}`, {}, () => undefined),
    answerCase: (householdId: string, caseId: string, content: object) =>
      ask(`/${householdId}/cases/${caseId}/messages`, { method: 'POST', body: JSON.stringify(content) }, () => undefined),
  };
}
