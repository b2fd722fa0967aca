/** The stage: it arranges frames of the app, and draws what the TV and the shops show. Whatever they say is text. */
import { language, onScreen, words } from './words.js';

const HOUR_MILLIS = 3_600_000;
const RECEIPTS_MAX = 8;
const byId = (id) => document.getElementById(id);
const element = (tag, className, ...children) => {
  const node = document.createElement(tag);
  if (className) node.className = className;
  node.append(...children);
  return node;
};
const locale = language === 'de' ? 'de-DE' : 'en-GB';
const time = (at, options) => new Intl.DateTimeFormat(locale, { timeZone: 'Europe/Berlin', ...options }).format(new Date(at));
const shortTime = (at) => time(at, { weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });

let shown;
let shownAt = 0;

function drawClock() {
  if (shown === undefined) return;
  byId('now').textContent = time(Date.parse(shown.now) + (performance.now() - shownAt) * shown.rate, {
    ...{ weekday: 'long', day: 'numeric', month: 'long', hour: '2-digit', minute: '2-digit' },
  });
  byId('mode').textContent = words.mode[shown.mode](new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }).format((shown.rate * 1_000) / HOUR_MILLIS));
  byId('mode').className = `tag ${shown.mode}`;
  byId('pause').textContent = shown.mode === 'paused' ? words.resume : words.pause;
}

function drawReceipts(receipts) {
  const rows = receipts.slice(0, RECEIPTS_MAX).map(({ at, sentence }) => element('li', '', element('time', '', shortTime(at)), sentence[language]));
  byId('receipts').replaceChildren(...(rows.length > 0 ? rows : [element('li', 'quiet', words.noReceipts)]));
}

/** A frame of its own for each person: its name keeps their sign-in apart from everybody else's. */
function showPhone(side, { memberId, name, email }) {
  const frame = element('iframe');
  frame.name = `stage-${side}-${memberId}`;
  frame.title = words.frame(name);
  frame.allow = 'camera';
  frame.src = `/app/?as=${encodeURIComponent(email)}`;
  byId(side).querySelector('.body').replaceChildren(frame);
  byId(`${side}-alone`).href = frame.src;
}

function offer(select, choices, chosen, onChange) {
  select.replaceChildren(...choices.map(({ id, label }) => Object.assign(element('option', '', label), { value: id })));
  select.value = chosen;
  select.addEventListener('change', () => onChange(select.value));
  onChange(chosen);
}

function phones(people) {
  const choices = people.map(({ memberId, name, email }) => ({ id: memberId, label: `${name} · ${email}` }));
  const named = (name) => people.find((person) => person.memberId === `mem_${name}`);
  const [first, second] = [named('anna') ?? people[0], named('ben') ?? people[1] ?? people[0]];
  const find = (memberId) => people.find((person) => person.memberId === memberId);
  if (first) offer(byId('left-who'), choices, first.memberId, (id) => showPhone('left', find(id)));
  if (second) offer(byId('right-who'), choices, second.memberId, (id) => showPhone('right', find(id)));
}

const money = (minor, currency) => new Intl.NumberFormat(locale, { style: 'currency', currency }).format(minor / 100);
const day = (at, spoken) =>
  new Intl.DateTimeFormat(spoken === 'de' ? 'de-DE' : 'en-GB', { timeZone: 'Europe/Berlin', weekday: 'long', day: 'numeric', month: 'long' }).format(
    new Date(at),
  );
const line = (className, left, right) => element('tr', className, element('td', '', ...left), element('td', '', right));

function cardOf(card) {
  const { orderId, shop, currency, lines, moreLines, deliveryFeeMinor, perks = [], totalMinor, deliveryBy, buttonText } = card;
  const say = onScreen[card.language];
  const rows = lines.map(({ title, quantity, unitPriceMinor, basePriceMinor, basePer }) =>
    line(
      '',
      [`${quantity} × ${title}`, element('small', '', `${money(unitPriceMinor, currency)} · ${money(basePriceMinor, currency)} / ${basePer}`)],
      money(unitPriceMinor * quantity, currency),
    ),
  );
  if (moreLines > 0) rows.push(line('', [say.more(moreLines)], ''));
  rows.push(
    line('', [`${say.delivery} ${say.at(shop)}`, element('small', '', say.by(day(deliveryBy, card.language)))], money(deliveryFeeMinor, currency)),
    ...perks.map(({ kind, fundedBy, savesMinor }) =>
      line('', [say.perks[kind], element('small', '', say.from(say.funders[fundedBy] ?? shop))], money(-savesMinor, currency)),
    ),
    line('total', [say.total], money(totalMinor, currency)),
  );
  const no = element('button', '', say.no);
  no.addEventListener('click', () => press(orderId, 'decline'));
  const buttons = [no];
  if (buttonText === undefined) buttons.push(element('span', 'quiet', say.onlyInApp));
  else {
    const yes = element('button', 'primary', buttonText);
    yes.addEventListener('click', () => press(orderId, 'approve'));
    buttons.unshift(yes);
  }
  const article = element('article', '', element('table', '', element('tbody', '', ...rows)), element('div', 'remote', ...buttons));
  article.lang = card.language;
  return article;
}

let onTv = '';

async function drawTv() {
  const thing = byId('tv').value;
  if (thing === '') return;
  const { cards, notes } = await (await fetch(`/stage/display?thing=${encodeURIComponent(thing)}`)).json();
  const text = JSON.stringify([thing, cards, notes]);
  // Drawn anew only when something is new: a finger may be on a button.
  if (text === onTv) return;
  onTv = text;
  const told = notes.map(({ title, text: said }) => element('article', '', element('h3', '', title), element('p', '', said)));
  const all = [...cards.map(cardOf), ...told];
  byId('screen').replaceChildren(...(all.length > 0 ? all : [element('p', 'quiet', words.off)]));
}

async function press(orderId, answer) {
  for (const button of byId('screen').querySelectorAll('button')) button.disabled = true;
  byId('trouble').textContent = '';
  const thing = byId('tv').value;
  const response = await fetch(`/stage/remote?thing=${encodeURIComponent(thing)}`, { method: 'POST', body: JSON.stringify({ orderId, answer }) });
  if (!response.ok) byId('trouble').textContent = (await response.json()).detail;
  onTv = '';
  await drawTv();
}

document.documentElement.lang = language;
document.title = `${words.title} · Nachschub`;
for (const node of document.querySelectorAll('[data-word]')) node.textContent = words[node.dataset.word];
byId('pause').textContent = words.pause;
byId('pause').addEventListener('click', () => fetch(shown?.mode === 'paused' ? '/control/resume' : '/control/pause', { method: 'POST' }));
byId('day').addEventListener('click', () => fetch('/control/day', { method: 'POST' }));

const { people, tvs } = await (await fetch('/stage/people')).json();
// Whoever works for the company has no household of their own here.
phones(people.filter(({ groups }) => groups === undefined));
if (tvs.length === 0) byId('screen').replaceChildren(element('p', 'quiet', words.noTv));
else
  offer(
    byId('tv'),
    tvs.map(({ thing, name }) => ({ id: thing, label: name })),
    tvs[0].thing,
    () => void drawTv(),
  );

const feed = new EventSource('/feed');
feed.addEventListener('message', ({ data }) => {
  shown = JSON.parse(data);
  shownAt = performance.now();
  drawClock();
  drawReceipts(shown.receipts);
  void drawTv();
});
feed.addEventListener('error', () => {
  if (shown) shown.rate = 0;
  byId('mode').textContent = words.lost;
  byId('mode').className = 'tag lost';
});
setInterval(() => shown?.mode === 'real-time' && shown.rate > 0 && drawClock(), 250);
