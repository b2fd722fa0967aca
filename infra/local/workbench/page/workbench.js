/** The workbench: one shop at a time, and each button says what came of it. */
import { drawAnswer, drawDelivery, drawExchange, drawFinding, element, tag, timeOf } from './draw.js';
import { language, words } from './words.js';

const byId = (id) => document.getElementById(id);
let shops = [];
const chosen = () => byId('shop').value;

async function ask(path, body) {
  const request = body === undefined ? {} : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
  const response = await fetch(`/workbench/${path}`, request);
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(answer.detail ?? words.lost);
  return answer;
}

/** A button that works waits, and what goes wrong is said where somebody looks. */
async function working(button, work) {
  button.disabled = true;
  byId('trouble').hidden = true;
  try {
    await work();
  } catch (error) {
    byId('trouble').textContent = error instanceof Error ? error.message : words.lost;
    byId('trouble').hidden = false;
  } finally {
    button.disabled = false;
  }
}

function drawStanding() {
  const shop = shops.find(({ retailerId }) => retailerId === chosen());
  if (shop === undefined) return byId('standing').replaceChildren(words.noShops);
  const { conformance, disabled, webhookUrl } = shop;
  const standing = disabled ? tag(words.disabled, 'bad') : conformance ? tag(words.live(timeOf(conformance.passedAt))) : tag(words.notLive, 'warn');
  const why = disabled ? words.whyDisabled : conformance ? undefined : words.whyNotLive;
  byId('standing').replaceChildren(element('span', 'head', standing, why), element('span', 'soft', webhookUrl));
}

async function readShops() {
  const before = chosen();
  const answer = await ask('shops');
  shops = answer.shops;
  byId('shop').replaceChildren(...shops.map(({ retailerId, name }) => Object.assign(element('option', '', `${name} (${retailerId})`), { value: retailerId })));
  if (before) byId('shop').value = before;
  drawStanding();
  return answer;
}

async function readLog() {
  const { deliveries } = await ask(`log?shop=${encodeURIComponent(chosen())}`);
  const rows = deliveries.map((delivery) => drawDelivery(delivery, replay));
  byId('log').replaceChildren(...(rows.length > 0 ? rows : [element('li', 'soft', words.noDeliveries)]));
}

const replay = (messageId, button) =>
  working(button, async () => {
    await ask('do', { do: 'replay', shop: chosen(), messageId });
    await readLog();
  });

async function send() {
  const { exchanges, told, orderId } = await ask('do', { do: 'send', shop: chosen(), sample: byId('sample').value });
  const asked = element('li', '', element('p', '', element('strong', '', `GET /orders/${orderId}`)), drawAnswer(told));
  byId('sent').replaceChildren(element('ol', 'plain', ...exchanges.map(drawExchange), asked));
}

async function check() {
  byId('checked').textContent = words.checking;
  const { run, isLive } = await ask('do', { do: 'check', shop: chosen() }).catch((error) => {
    byId('checked').textContent = '';
    throw error;
  });
  const missing = run.findings.filter(({ passed }) => !passed).length;
  byId('checked').replaceChildren(tag(isLive ? words.allPassed(run.findings.length) : words.somePassed(missing, run.findings.length), isLive ? '' : 'bad'));
  // What has to be mended, and folded away below it what is well.
  const worthALook = ({ passed, advice }) => !passed || advice !== undefined;
  const well = run.findings.filter((finding) => !worthALook(finding));
  const rest = element('details', '', element('summary', '', words.wellChecks(well.length)), element('ol', 'plain', ...well.map(drawFinding)));
  byId('findings').replaceChildren(...run.findings.filter(worthALook).map(drawFinding), element('li', '', rest));
  await readShops();
}

async function inject() {
  const failures = [...document.querySelectorAll('#failures input:checked')].map(({ value }) => value);
  if (failures.length === 0) return void (byId('injected').textContent = words.chooseOne);
  await ask('do', { do: 'fail-next', shop: chosen(), failures });
  byId('injected').textContent = words.injected;
}

document.documentElement.lang = language;
document.title = `Nachschub · ${words.title}`;
for (const node of document.querySelectorAll('[data-word]')) node.textContent = words[node.dataset.word];
for (const [id, work] of Object.entries({ send, check, inject, read: readLog })) {
  byId(id).addEventListener('click', (event) => void working(event.currentTarget, work));
}
byId('shop').addEventListener('change', () => {
  for (const id of ['sent', 'findings', 'log', 'checked', 'injected']) byId(id).replaceChildren();
  drawStanding();
});
const { samples = [], failures = [] } = await readShops().catch(() => {
  byId('trouble').textContent = words.lost;
  byId('trouble').hidden = false;
  return {};
});
byId('sample').replaceChildren(...samples.map((sample) => Object.assign(element('option', '', words.samples[sample] ?? sample), { value: sample })));
for (const failure of failures) {
  const box = Object.assign(element('input'), { type: 'checkbox', value: failure });
  byId('failures').append(element('label', '', box, element('span', '', words.failures[failure] ?? failure)));
}
