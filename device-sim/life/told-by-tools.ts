/** What the company's own tools tell of people, as signed webhooks: the call centre's log, the CRM's cases, the survey tool's answers. */
import { duration, instantOf, millisOf } from '../../shared/values.ts';
import { drawsOf, pick } from '../random.ts';
import type { Errand } from './errands.ts';
import type { LifeLine } from './life-lines.ts';

export interface Known {
  readonly seed: number;
  readonly householdId: string;
  /** Of whoever speaks for the household. */
  readonly email?: string | undefined;
}

/** What a line of the ledger has tools say; nothing for most. */
export function toldByTools(line: LifeLine, { seed, householdId, email }: Known): Errand[] {
  if (line.kind === 'called') return told(line, seed, householdId);
  if (line.kind !== 'panel' || email === undefined) return [];
  const { answerId, score, at } = line;
  const body = { answerId, metric: 'nps', score, answeredAt: at, email, question: 'Would you recommend us?' };
  // The tool hands its answers on in the night.
  return [
    {
      at: millisOf(at) + duration(9, 'hours'),
      source: 'src_survey',
      messages: [{ messageId: `survey-${answerId}`, type: 'answer', node: 'PERSON#email:', body }],
    },
  ];
}

/** A call is in the log within the hour; what comes of it stands in the CRM as a case of its own. */
function told({ at, callId, answered, solved }: Extract<LifeLine, { kind: 'called' }>, seed: number, householdId: string): Errand[] {
  const draw = drawsOf(seed, 'call', callId);
  const node = `HH#${householdId}`;
  const topic = pick(draw, ['order', 'delivery', 'bill']);
  const call = { callId, startedAt: at, direction: 'in', minutes: 3 + Math.floor(draw() * 15), topic, solved: false, householdId };
  const began = millisOf(at);
  const change = (word: 'opened' | 'answered' | 'solved', when: number): Errand => {
    const webhookId = `${callId}-${word}`;
    const body = { caseId: callId, change: word, at: instantOf(when), topic, householdId };
    return {
      at: when + duration(10, 'minutes'),
      source: 'src_crm',
      messages: [{ messageId: `crm-case-${webhookId}-0`, webhookId, type: word, node, body }],
    };
  };
  return [
    { at: began + duration(40, 'minutes'), source: 'src_calls', messages: [{ messageId: `call-${callId}`, type: 'call', node, body: call }] },
    change('opened', began),
    change('answered', answered),
    change('solved', solved),
  ];
}
