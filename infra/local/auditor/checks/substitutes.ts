/** Nothing comes that was neither ordered nor agreed to by a person, and what costs more was agreed to under the button with the words of the law. */
import { isOrderButtonText } from '../../../../shared/order/order-button.ts';
import { acceptedIn, dearerByMinor, type Substitution } from '../../../../shared/order/substitution.ts';
import type { Facts, OrderItem } from '../facts.ts';
import type { Finding } from '../finding.ts';

export function substitutesAgreed({ orders, handovers, now }: Facts): Finding[] {
  const parcels = new Map<string, Facts['handovers'][number]>(handovers.map((parcel) => [parcel.orderId, parcel]));
  return orders.flatMap((item): Finding[] => {
    const { order } = item.state;
    const accepted = acceptedIn(('substitutions' in order && order.substitutions) || []);
    const agreed = new Set<string>([...order.quote.lineItems.map(({ gtin }) => gtin), ...accepted.map(({ offered }) => offered.gtin)]);
    const parcel = parcels.get(order.orderId);
    const foreign = parcel?.lines.filter(({ gtin, packs }) => packs > 0 && !agreed.has(gtin)) ?? [];
    return [
      ...foreign.map(({ gtin, packs }) => ({
        ...{ rule: 'substitute-not-agreed', subject: order.orderId, at: parcel?.at ?? now },
        ...{ expected: 'what was ordered, or agreed to instead', actual: `${packs} × ${gtin} at the door` },
      })),
      ...accepted.flatMap((question) => problemWith(question, item)),
    ];
  });
}

function problemWith(question: Substitution, { state, events }: OrderItem): Finding[] {
  const { questionId, answer, answerBefore } = question;
  const found = (expected: string, actual: string): Finding[] => [
    { rule: 'substitute-outside-permission', subject: `${state.order.orderId} ${questionId}`, at: answer?.at ?? answerBefore, expected, actual },
  ];
  if (answer?.by.kind !== 'person') return found('a yes of a person', `a yes by ${answer?.by.kind ?? 'nobody'}`);
  if (answer.at >= answerBefore) return found(`a yes before ${answerBefore}`, `one at ${answer.at}`);
  if (dearerByMinor(state.order.quote, question) <= 0) return [];
  const said = events.find((event) => event.type === 'order.substitution-answered' && event.data.questionId === questionId);
  const evidence = said?.type === 'order.substitution-answered' ? said.data.evidence : undefined;
  const isLegal = evidence !== undefined && isOrderButtonText(evidence.language, evidence.buttonText);
  return isLegal ? [] : found('a button with the words of the law', evidence?.buttonText ?? 'none');
}
