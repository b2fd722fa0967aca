/**
 * Households of the simulators with their hidden mood, without a cloud: orders come as a seed deals them out, the simulated customer feels,
 * answers, complains and calls through doors that are made here, and what the product would know of it is noted as touchpoints.
 */
import { Customer } from '../../device-sim/life/customer.ts';
import type { HomeDoors } from '../../device-sim/life/customer-doors.ts';
import { answeredAt } from '../../device-sim/life/agent.ts';
import type { LifeLine } from '../../device-sim/life/life-lines.ts';
import type { Reply } from '../../device-sim/ask-api.ts';
import { drawsOf } from '../../device-sim/random.ts';
import { sentimentOfSurvey } from '../../shared/journey/collect/survey-sentiment.ts';
import { ownSentiments, toldSentiment } from '../../shared/journey/emotion/own-sentiment.ts';
import { askAfter, openSurvey, type Lived, type Surveys } from '../../shared/journey/survey/survey.ts';
import type { Sentiment } from '../../shared/journey/words.ts';
import {
  caseIdSchema,
  duration,
  householdIdSchema,
  instantOf,
  instantSchema,
  memberIdSchema,
  millisOf,
  orderIdSchema,
  type Instant,
  type OrderId,
} from '../../shared/values.ts';

export const STARTS_AT = instantSchema.parse('2026-03-02T05:00:00.000Z');
const start = millisOf(STARTS_AT);
const MEMBER = memberIdSchema.parse('mem_bench');
const [HOUR, DAY] = [duration(1, 'hours'), duration(1, 'days')];

/** As a touchpoint keeps it. */
export interface Noted {
  readonly at: Instant;
  readonly type: string;
  readonly orderId?: OrderId;
  readonly promisedAt?: Instant;
  readonly sentiment?: Sentiment;
}
export interface Lives {
  readonly notes: readonly Noted[];
  readonly moods: readonly { readonly at: Instant; readonly value: number }[];
}

/** How orders go in a run of the product: shares of all orders. */
const ORDERS = { everyDays: 2.3, late: 0.09, early: 0.15, substitution: 0.12, changed: 0.06, rejected: 0.05, stuck: 0.01, cancelled: 0.02 } as const;

interface Dealt {
  readonly at: number;
  readonly kind: string;
  readonly orderId: OrderId;
  readonly promised: number;
}

/** All that will be told to the household, in the order of time. */
function dealtTo(seed: number, householdId: string, days: number): Dealt[] {
  const draw = drawsOf(seed, 'orders', householdId);
  const dealt: Dealt[] = [];
  for (let at = start + draw() * 2 * DAY, order = 0; at < start + days * DAY; at += (0.3 + 1.4 * draw()) * ORDERS.everyDays * DAY, order += 1) {
    const orderId = orderIdSchema.parse(`ord_${householdId.slice(3)}-${order}`);
    // A day that is promised ends in the evening.
    const promised = Math.ceil((at + DAY) / DAY) * DAY + 18 * HOUR;
    const tell = (kind: string, hours: number) => dealt.push({ at: Math.round(at + hours * HOUR), kind, orderId, promised });
    const luck = draw();
    if (luck < ORDERS.rejected) {
      tell('order-rejected', 1);
      continue;
    }
    if (luck < ORDERS.rejected + ORDERS.cancelled) {
      tell('order-cancelled', 5);
      continue;
    }
    if (draw() < ORDERS.substitution) tell('substitution-offered', 2);
    if (draw() < ORDERS.changed) tell('order-changed', 3);
    if (draw() < ORDERS.stuck) tell('order-stuck', 60);
    const [isLate, isEarly, by] = [draw() < ORDERS.late, draw() < ORDERS.early, draw()];
    const delivered = isLate ? promised + (6 + 60 * by) * HOUR : isEarly ? promised - (24 + 8 * by) * HOUR : promised - 8 * by * HOUR;
    dealt.push({ at: Math.round(Math.max(at + 4 * HOUR, delivered)), kind: 'order-delivered', orderId, promised });
  }
  return dealt.sort((a, b) => a.at - b.at);
}

const eventOf = {
  'order-rejected': 'order.rejected',
  'order-stuck': 'order.stuck',
  'order-delivered': 'order.delivered',
} as const;

/** @returns what was noted of one household in so many days, and how it really felt each midnight */
export async function liveOne(seed: number, index: number, days: number): Promise<Lives> {
  const householdId = householdIdSchema.parse(`hh_bench-${index}`);
  const ledger: LifeLine[] = [];
  const notes: Noted[] = [];
  const cases = new Map<string, { status: 'open' | 'answered' | 'solved'; answerAt: number | undefined }>();
  const promises = new Map<string, number>();
  let [now, surveys]: [number, Surveys | undefined] = [start, undefined];
  const note = (type: keyof typeof ownSentiments, more: Partial<Noted> = {}) => {
    const sentiment = ownSentiments[type];
    notes.push({ at: instantOf(now), type, ...(sentiment && { sentiment }), ...more });
  };
  const hasOpenCase = () => [...cases.values()].some(({ status }) => status !== 'solved');
  const live = (lived: Lived) => {
    const decided = askAfter(surveys, lived, { hasOpenCase: hasOpenCase(), now: instantOf(now) });
    if (decided.kind === 'changed') surveys = decided.state;
  };
  const reply = <Content>(content: Content): Promise<Reply<Content>> => Promise.resolve({ away: false, status: 200, content });
  const doors: HomeDoors = {
    survey: () => reply(openSurvey(surveys, { hasOpenCase: hasOpenCase(), now: instantOf(now) })),
    answerSurvey: (surveyId, content) => {
      const open = surveys?.asked.find((one) => one.surveyId === surveyId);
      const score = 'score' in content && typeof content.score === 'number' ? content.score : undefined;
      const sentiment = open === undefined || score === undefined ? undefined : sentimentOfSurvey(open.kind, score);
      notes.push({ at: instantOf(now), type: 'survey.answered', ...(sentiment && { sentiment }) });
      // A question that was answered is no open one; what was said does not matter to when the next one comes.
      if (surveys !== undefined && open !== undefined) {
        const ended = { ...open, status: 'skipped' as const, endedAt: instantOf(now), memberId: MEMBER };
        surveys = { ...surveys, asked: surveys.asked.map((one) => (one === open ? ended : one)) };
      }
      return reply(undefined);
    },
    openCase: (caseId) => {
      cases.set(caseId, { status: 'open', answerAt: answeredAt(seed, caseId, now) });
      note('case.opened');
      return reply(undefined);
    },
    caseStatus: (caseId) => reply(cases.get(caseId)?.status ?? 'open'),
    writeInCase: () => {
      note('case.added');
      return reply(undefined);
    },
    solveCase: (caseId) => {
      cases.set(caseId, { status: 'solved', answerAt: undefined });
      note('case.solved');
      live({ step: 'case-solved', householdId, caseId: caseIdSchema.parse(caseId), at: instantOf(now) });
      return reply(undefined);
    },
    promisedAt: (orderId) => Promise.resolve(promises.has(orderId) ? instantOf(promises.get(orderId) ?? 0) : undefined),
  };
  const fromTool = (type: string, at: number) => {
    const sentiment = toldSentiment(type);
    if (at < start + days * DAY) notes.push({ at: instantOf(at), type, ...(sentiment && { sentiment }) });
  };
  const record = (lines: readonly LifeLine[]): Promise<void> => {
    ledger.push(...lines);
    for (const line of lines) {
      const sentiment = line.kind === 'panel' ? sentimentOfSurvey('nps', line.score) : undefined;
      if (line.kind === 'panel' && sentiment !== undefined) notes.push({ at: line.at, type: 'Survey Answered', sentiment });
      if (line.kind === 'called')
        for (const [word, at] of [
          ['Case Opened', millisOf(line.at)],
          ['Case Solved', line.solved],
        ] as const)
          fromTool(word, at);
    }
    return Promise.resolve();
  };
  const customer = new Customer({ seed, householdId, startsAt: start, doors, isHere: () => true, record }, []);
  const dealt = dealtTo(seed, householdId, days);
  for (; now < start + days * DAY; now += 3 * HOUR) {
    for (const { at, kind, orderId, promised } of dealt.splice(0, dealt.filter((one) => one.at <= now).length)) {
      promises.set(orderId, promised);
      const type = kind in eventOf ? eventOf[kind as keyof typeof eventOf] : undefined;
      if (type !== undefined) note(type, { at: instantOf(at), orderId, ...(type === 'order.delivered' && { promisedAt: instantOf(promised) }) });
      await customer.hear({ messageId: `${orderId}-${kind}`, kind, orderId, at: instantOf(at) }, now);
      if (type === 'order.delivered') live({ step: 'order-delivered', householdId, orderId, isAutomatic: true, at: instantOf(at) });
    }
    for (const [caseId, one] of cases) {
      if (one.status !== 'open' || one.answerAt === undefined || one.answerAt > now) continue;
      cases.set(caseId, { ...one, status: 'answered' });
      await customer.hear({ messageId: `answered-${caseId}`, kind: 'case-answered', at: instantOf(now) }, now);
    }
    await customer.act(now);
  }
  return { notes, moods: ledger.flatMap((line) => (line.kind === 'mood' ? [{ at: line.at, value: line.value }] : [])) };
}
