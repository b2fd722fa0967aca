/** What a message, an attempt and a finding look like. Whatever a shop says is text. */
import { language, words } from './words.js';

const locale = language === 'de' ? 'de-DE' : 'en-GB';
const clock = new Intl.DateTimeFormat(locale, { timeZone: 'Europe/Berlin', dateStyle: 'medium', timeStyle: 'medium' });
export const timeOf = (instant) => clock.format(new Date(instant));

export const element = (tag, className, ...children) => {
  const node = document.createElement(tag);
  if (className) node.className = className;
  node.append(...children.filter((child) => child !== undefined));
  return node;
};
export const tag = (text, kind = '') => element('span', `tag ${kind}`, text);

const wire = (...lines) => element('pre', 'wire', lines.filter((line) => line !== undefined && line !== '').join('\n'));
const hidden = (title, ...children) => element('details', '', element('summary', '', title), ...children);
const pretty = (text) => {
  try {
    return JSON.stringify(JSON.parse(text), undefined, 2);
  } catch {
    return text;
  }
};
const kindOf = (status) => (status >= 200 && status < 300 ? '' : status >= 400 && status < 500 ? 'warn' : 'bad');

export function drawAnswer(answer) {
  if (answer.kind === 'silent') return element('p', 'head', tag(words.noAnswer, 'bad'), answer.reason[language]);
  const line = element('p', 'head', tag(String(answer.status), kindOf(answer.status)), words.after(answer.millis));
  return element('div', '', line, answer.body === '' ? undefined : hidden(words.answer, wire(pretty(answer.body))));
}

export const drawExchange = ({ id, type, body, timestamp, signature, answer }) =>
  element(
    'li',
    '',
    element('p', '', element('strong', '', type)),
    drawAnswer(answer),
    hidden(words.request, wire(`webhook-id: ${id}`, `webhook-timestamp: ${timestamp}`, `webhook-signature: ${signature}`, '', pretty(body))),
  );

/** @param onReplay is given the message's id; without it there is no button */
export function drawDelivery(delivery, onReplay) {
  const { messageId, type, orderId, status, createdAt, body, attempts, sample } = delivery;
  const kind = { delivered: '', pending: 'warn', attempting: 'warn', abandoned: sample ? 'warn' : 'bad' }[status];
  // That a forged sample is refused is as it should be.
  const standing = sample && status === 'abandoned' ? words.notTaken : (words.status[status] ?? status);
  const again = element('button', 'quiet', words.replay);
  again.type = 'button';
  again.addEventListener('click', () => onReplay(messageId, again));
  const tries = attempts.map(({ at, outcome, httpStatus, detail, exchange }) =>
    wire(
      [timeOf(at), words.outcomes[outcome] ?? outcome, httpStatus, exchange && words.after(exchange.millis)].filter(Boolean).join(' · '),
      httpStatus === undefined ? (words.details[detail] ?? detail) : '',
      exchange?.answer,
    ),
  );
  return element(
    'li',
    '',
    element('p', 'head', element('strong', '', type), tag(standing, kind), sample ? tag(words.sampleMark, 'plain') : undefined),
    element('p', 'soft', `${timeOf(createdAt)} · ${orderId}`),
    hidden(words.attempts(attempts.length), ...tries),
    hidden(words.request, wire(`webhook-id: ${messageId}`, '', pretty(body))),
    sample ? undefined : again,
  );
}

export const drawFinding = ({ check, passed, expected, came, advice }) =>
  element(
    'li',
    '',
    element('p', 'head', tag(passed ? words.passed : words.failed, passed ? '' : 'bad'), element('strong', '', words.checks[check] ?? check)),
    passed ? undefined : element('p', '', `${words.expected} ${expected[language]}`),
    element('p', 'soft', `${words.came} ${came[language]}`),
    advice === undefined ? undefined : element('p', '', `${passed ? words.lookAt : words.advice} ${advice[language]}`),
  );
