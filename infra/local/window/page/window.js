/** Draws each snapshot of the feed. Texts are set as texts, never as markup. */
import { language, words } from './words.js';

const locale = language === 'de' ? 'de-DE' : 'en-GB';
const byId = (id) => document.getElementById(id);
const number = (digits) => new Intl.NumberFormat(locale, { maximumFractionDigits: digits, minimumFractionDigits: digits });
const money = ({ amountMinor }) => `${number(2).format(amountMinor / 100)} €`;
const days = (value) => number(1).format(value);
const HOUR_MILLIS = 3_600_000;
/** More than a year ahead is where the model stops looking. */
const LONG_DAYS = 365;
const AXIS_DAYS = 14;
const ANSWER_LINKS_MAX = 2;

let shown;
let shownAt = 0;
let chosen;
/** Who can sign in at this machine. */
let people = [];

function element(tag, className, ...children) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  made.append(...children.filter((child) => child !== undefined && child !== ''));
  return made;
}

/** Draws again only what has changed, so that nobody is read the same thing twice. */
function put(id, value, draw) {
  const place = byId(id);
  const text = JSON.stringify(value);
  if (place.dataset.shown === text) return;
  place.dataset.shown = text;
  place.replaceChildren(...draw(value));
}

function amount(value, unit) {
  // The cells of a remote control go by hundredths of a piece.
  if (unit === 'piece') return number(value % 1 === 0 || value >= 10 ? 0 : value < 0.1 ? 2 : 1).format(value);
  if (unit === 'ml') return `${number(1).format(value / 1000)} l`;
  return value < 1000 ? `${number(0).format(value)} g` : `${number(1).format(value / 1000)} kg`;
}

const zone = () => household()?.timeZone ?? 'Europe/Berlin';
const time = (at, options) => new Intl.DateTimeFormat(locale, { timeZone: zone(), ...options }).format(new Date(at));
const shortTime = (at) => time(at, { weekday: 'short', hour: '2-digit', minute: '2-digit' });
const household = () => shown?.households.find(({ householdId }) => householdId === chosen) ?? shown?.households[0];

/** Scales are CSS variables: the style sheet draws. */
function scaled(node, values) {
  for (const [name, value] of Object.entries(values)) node.style.setProperty(`--${name}`, `${Math.min(100, Math.max(0, value * 100)).toFixed(1)}%`);
  return node;
}

function supplyText({ daysLeft: { p10, median, p90 }, inHouse }) {
  if (inHouse <= 0) return words.out;
  return median >= LONG_DAYS ? words.long : words.left(days(median), days(p10), days(p90));
}

function drawSupply(row, supply) {
  const { name, unit, inHouse, onOrder, reorderPoint, orderUpTo, perDay, daysLeft, leadTimeDays, isLow, order } = supply;
  const most = Math.max(orderUpTo, inHouse + onOrder, 1);
  row.className = isLow ? 'supply low' : 'supply';
  row.querySelector('.name').textContent = name;
  row.querySelector('.left').textContent = supplyText(supply);
  const status = order === undefined ? '' : ` · ${words.status[order.status]}`;
  row.querySelector('.detail').textContent = `${amount(inHouse, unit)} · ${words.perDay(amount(perDay, unit))}${status}`;
  scaled(row, {
    level: inHouse / most,
    coming: (inHouse + onOrder) / most,
    point: reorderPoint / most,
    from: daysLeft.p10 / AXIS_DAYS,
    median: daysLeft.median / AXIS_DAYS,
    to: daysLeft.p90 / AXIS_DAYS,
    lead: leadTimeDays / AXIS_DAYS,
  });
}

function newSupply(supplyId) {
  const bar = element('div', 'bar', element('i', 'coming'), element('i', 'level'), element('i', 'point'));
  const axis = element('div', 'axis', element('i', 'range'), element('i', 'median'), element('i', 'lead'));
  bar.ariaHidden = axis.ariaHidden = 'true';
  const row = element('li', 'supply', element('b', 'name'), element('small', 'detail'), element('span', 'left'), bar, axis);
  row.dataset.supplyId = supplyId;
  return row;
}

/** Rows stay where they are, so that levels glide. */
function drawSupplies(supplies) {
  const list = byId('supplies');
  const rows = new Map([...list.children].map((row) => [row.dataset.supplyId, row]));
  const wanted = supplies.map(({ supplyId }) => rows.get(supplyId) ?? newSupply(supplyId));
  if (wanted.length !== list.children.length || wanted.some((row, index) => row !== list.children[index])) list.replaceChildren(...wanted);
  supplies.forEach((supply, index) => drawSupply(wanted[index], supply));
}

/** Into a tab of its own, so that two people do not share one. */
function appLink(text, path, person) {
  const link = element('a', '', text);
  link.href = person === undefined ? path : `${path}?as=${encodeURIComponent(person.email)}`;
  link.target = '_blank';
  link.rel = 'noopener';
  return link;
}

/** To the very question, signed in as somebody who may answer it. */
function answerLinks({ orderId }, approvers) {
  const path = `/app/approvals/${encodeURIComponent(orderId)}`;
  const known = approvers.flatMap((memberId) => people.find((person) => person.memberId === memberId) ?? []);
  if (known.length === 0) return [appLink(words.answer, path)];
  return known.slice(0, ANSWER_LINKS_MAX).map((person) => appLink(words.answerAs(person.name), path, person));
}

function openOrderCard(order, approvers) {
  const lines = order.lines.map(({ title, quantity, unitPrice, lineTotal, basePrice }) =>
    element(
      'tr',
      '',
      element(
        'td',
        '',
        `${quantity} × ${title}`,
        element('small', '', `${money(unitPrice)} · ${money(basePrice)} / ${basePrice.per.replace('1 piece', language === 'de' ? 'Stück' : 'piece')}`),
      ),
      element('td', 'money', money(lineTotal)),
    ),
  );
  const last = (label, value, className) => element('tr', className, element('td', '', label), element('td', 'money', money(value)));
  const table = element(
    'table',
    '',
    element(
      'tbody',
      '',
      ...lines,
      last(`${words.delivery} ${words.at(order.shop)}`, order.deliveryFee),
      ...(order.perks ?? []).map(({ kind, fundedBy, saves }) =>
        last(`${words.perks[kind]}, ${words.paidBy(words.funders[fundedBy] ?? order.shop)}`, { ...saves, amountMinor: -saves.amountMinor }),
      ),
      last(words.total, order.total, 'total'),
    ),
  );
  const reasons = element('ul', 'reasons', ...order.reasons.map((reason) => element('li', '', reason[language])));
  const answer = element('p', 'answer', ...answerLinks(order, approvers));
  return element(
    'article',
    'card',
    table,
    reasons,
    element('p', '', words.until(shortTime(order.expiresAt))),
    answer,
    element('p', 'quiet', words.howToAnswer),
  );
}

const row = (at, text, ...more) => element('li', '', element('time', '', shortTime(at)), element('span', '', text), ...more);
const orQuiet = (rows, text) => (rows.length > 0 ? rows : [element('li', 'quiet', text)]);

function drawMandate(mandate) {
  if (mandate === undefined) return [];
  const month = time(`${mandate.month}-15T12:00:00Z`, { month: 'long' });
  const end = time(mandate.endsAt, { month: 'long', year: 'numeric' });
  const bar = scaled(element('div', 'bar', element('i', 'level')), { level: mandate.spent.amountMinor / mandate.perMonthMax.amountMinor });
  const text = words.spent(money(mandate.spent), money(mandate.perMonthMax), month);
  return [element('h2', '', words.mandate), element('p', '', text), bar, element('p', 'quiet', words.perOrder(money(mandate.perOrderMax), end))];
}

function drawHousehold(view) {
  for (const button of byId('households').children) button.setAttribute('aria-pressed', String(button.dataset.householdId === view?.householdId));
  byId('supplies-title').textContent = view ? words.suppliesOf(view.name) : words.waiting;
  drawSupplies(view?.supplies ?? []);
  put('mandate', view?.mandate, drawMandate);
  put('open-order', { orders: view?.openOrders ?? [], approvers: view?.approvers ?? [], people }, ({ orders, approvers }) =>
    orders.length > 0 ? orders.map((order) => openOrderCard(order, approvers)) : [element('p', 'quiet', words.nothingOpen)],
  );
  put('orders', view?.orders ?? [], (orders) =>
    orQuiet(
      orders.map(({ proposedAt, goods, total, status, approvedBy }) =>
        row(
          proposedAt,
          goods,
          element('span', 'money', money(total)),
          element('span', `chip ${status}`, words.status[status], approvedBy ? ` · ${words.by[approvedBy]}` : ''),
        ),
      ),
      words.noOrders,
    ),
  );
  put('notes', view?.journey, (journey) =>
    journey === undefined
      ? []
      : [
          element('li', 'quiet', words.touchpoints(journey.touchpoints)),
          ...[...journey.phases, ...journey.segments].map(({ name, because }) =>
            Object.assign(element('li', 'chip', words.phase[name] ?? name), { title: because }),
          ),
        ],
  );
  put('journey', view?.journey.latest ?? [], (latest) =>
    orQuiet(
      latest.map(({ at, sentence, initiator, phase }) =>
        row(at, sentence[language], element('small', `who ${initiator}`, `${words.initiator[initiator]} · ${words.phase[phase]}`)),
      ),
      words.noJourney,
    ),
  );
}

function drawFlow(flow) {
  return flow.map(({ stage, figures: [first, ...others] }) =>
    element(
      'li',
      '',
      element('h3', '', words.stage[stage]),
      element('b', '', number(0).format(first.count)),
      element('span', '', words.figure[first.figure]),
      element(
        'small',
        '',
        others
          .filter(({ count }) => count > 0)
          .map(({ figure, count }) => `${words.figure[figure]} ${number(0).format(count)}`)
          .join(', '),
      ),
    ),
  );
}

function drawHouseholds(names) {
  byId('households').hidden = names.length < 2;
  return names.map(([householdId, name]) => {
    const button = element('button', '', name);
    button.type = 'button';
    button.dataset.householdId = householdId;
    button.addEventListener('click', () => {
      chosen = householdId;
      drawHousehold(household());
    });
    return button;
  });
}

function drawClock() {
  if (shown === undefined) return;
  const now = Date.parse(shown.now) + (performance.now() - shownAt) * shown.rate;
  byId('now').textContent = time(now, { weekday: 'long', day: 'numeric', month: 'long', hour: '2-digit', minute: '2-digit' });
  byId('mode').textContent = words.mode[shown.mode](number(1).format((shown.rate * 1000) / HOUR_MILLIS));
  byId('mode').className = `chip ${shown.mode}`;
  byId('pause').textContent = shown.mode === 'paused' ? words.resume : words.pause;
}

function draw(snapshot) {
  shown = snapshot;
  shownAt = performance.now();
  drawClock();
  put('alerts', snapshot.alerts, (alerts) => alerts.map(({ at, sentence }) => row(at, sentence[language])));
  put(
    'households',
    snapshot.households.map(({ householdId, name }) => [householdId, name]),
    drawHouseholds,
  );
  put('flow', snapshot.flow, drawFlow);
  put('receipts', snapshot.receipts, (receipts) =>
    orQuiet(
      receipts.slice(0, 6).map(({ at, sentence }) => row(at, sentence[language])),
      words.noReceipts,
    ),
  );
  drawHousehold(household());
}

document.documentElement.lang = language;
for (const node of document.querySelectorAll('[data-word]')) node.textContent = words[node.dataset.word];
byId('flow').ariaLabel = words.flow;
byId('pause').addEventListener('click', () => fetch(shown?.mode === 'paused' ? '/control/resume' : '/control/pause', { method: 'POST' }));
byId('day').addEventListener('click', () => fetch('/control/day', { method: 'POST' }));

/** One click into the app, signed in. */
async function drawDoors() {
  ({ people } = await (await fetch('/stage/people')).json());
  if (shown !== undefined) drawHousehold(household());
  const shownFirst = ['mem_anna', 'mem_ben'].flatMap((memberId) => people.find((person) => person.memberId === memberId) ?? []);
  const doors = (shownFirst.length > 0 ? shownFirst : people.filter(({ groups }) => groups === undefined).slice(0, 2)).map((person) =>
    appLink(words.appOf(person.name), '/app/', person),
  );
  const stage = element('a', '', words.side);
  stage.href = '/stage';
  const workbench = element('a', '', words.workbench);
  workbench.href = '/workbench';
  const agents = people.filter(({ groups }) => groups !== undefined).map((person) => appLink(words.console, '/app/console/', person));
  byId('doors').append(...doors, ...agents, stage, workbench);
  byId('doors').hidden = people.length === 0;
}
drawDoors().catch(() => undefined);

const feed = new EventSource('/feed');
feed.addEventListener('message', ({ data }) => draw(JSON.parse(data)));
feed.addEventListener('error', () => {
  if (shown) shown.rate = 0;
  byId('mode').textContent = words.lost;
  byId('mode').className = 'chip lost';
});
setInterval(() => shown?.mode === 'real-time' && shown.rate > 0 && drawClock(), 250);
