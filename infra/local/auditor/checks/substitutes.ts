/** Nothing comes that was neither ordered nor agreed to by a person, and what costs more was agreed to under the button with the words of the law. */
import { isOrderButtonText } from '../../../../shared/order/order-button.ts';
import { acceptedIn, dearerByMinor, type Substitution } from '../../../../shared/order/substitution.ts';
import type { Facts, OrderItem } from '../facts.ts';
import type { Finding } from '../finding.ts';

export function substitutesAgreed({ orders, supplies, handovers, now }: Facts): Finding[] {
  return orders.flatMap((item): Finding[] => {
    const { order } = item.state;
    const accepted = acceptedIn(('substitutions' in order && order.substitutions) || []);
    const agreed = new Set<string>([...order.quote.lineItems.map(({ gtin }) => gtin), ...accepted.map(({ offered }) => offered.gtin)]);
    const parcels = handovers.filter(({ orderId }) => orderId === order.orderId);
    const foreign = parcels.flatMap(({ lines }) => lines).filter(({ gtin, packs }) => packs > 0 && !agreed.has(gtin));
    return [
      ...foreign.map(({ gtin, packs }) => ({
        ...{ rule: 'substitute-not-agreed', subject: order.orderId, at: parcels[0]?.at ?? now },
        ...{ expected: 'what was ordered, or agreed to instead', actual: `${packs} × ${gtin} at the door` },
      })),
      ...accepted.flatMap((question) => (isByRule(question, supplies) ? [] : problemWith(question, item))),
    ];
  });
}

/** A person has ruled for this item that its own products may come by themselves. */
function isByRule({ answer, supplyId, offered }: Substitution, supplies: Facts['supplies']): boolean {
  const supply = supplies.find(({ state }) => state.supplyId === supplyId)?.state;
  const isOwn = supply?.products.some(({ gtin }) => gtin === offered.gtin) === true;
  return answer?.by.kind === 'rule' && supply?.settings.ownProductsAlone === true && isOwn;
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
