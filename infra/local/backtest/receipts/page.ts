/** The same as a page that stands alone, in the app's colours and type. */
import { readFileSync } from 'node:fs';
import { dateOf } from '../read-purchases.ts';
import { byNeed, euros, sentencesOf, shareInTime } from './in-words.ts';
import type { ItemReplay, Replay } from './replay.ts';

const styleOf = (file: string): string => readFileSync(new URL(`../../../../app/design/${file}`, import.meta.url), 'utf8');

/** Names come from a file that somebody gave us. */
const escaped = (text: string): string =>
  text.replace(/[&<>"]/g, (character) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[character] ?? character);

const STYLE = `
main { max-width: var(--page-width); margin: 0 auto; padding: var(--space-6) var(--space-4); display: grid; gap: var(--space-5); }
.card { background: var(--surface); border-radius: var(--radius); box-shadow: var(--shadow); padding: var(--space-5); display: grid; gap: var(--space-3); }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(9rem, 1fr)); gap: var(--space-4); }
.figures strong { display: block; font-size: var(--text-number); line-height: 1.1; }
.soft { color: var(--ink-soft); font-size: var(--text-small); }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: right; padding: var(--space-2); border-top: 1px solid var(--line); font-size: var(--text-small); }
th:first-child, td:first-child { text-align: left; overflow-wrap: anywhere; }
thead th { border-top: 0; color: var(--ink-soft); font-weight: 600; }
.scroll { overflow-x: auto; }
progress { width: 5rem; accent-color: var(--accent); }
`;

const figure = (value: string, label: string): string => `<div><strong>${value}</strong><span class="soft">${label}</span></div>`;

function rowOf(one: ItemReplay): string {
  const share = shareInTime(one);
  const bar = `<progress value="${share.toFixed(3)}" max="1" aria-label="in time">${Math.round(share * 100)} %</progress>`;
  const cells = [one.needs, one.needs - one.missed, one.missed, one.orders, one.held.toFixed(2), euros(one.left * one.packMinor)];
  return `<tr><th scope="row">${escaped(one.item)}</th><td>${bar}</td>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;
}

export function pageOf(replay: Replay): string {
  const needs = replay.items.reduce((sum, item) => sum + item.needs, 0);
  const missed = replay.items.reduce((sum, item) => sum + item.missed, 0);
  const [lead = '', ...sentences] = sentencesOf(replay);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>What would have happened</title>
<style>
${styleOf('tokens.css')}
${styleOf('base.css')}
${STYLE}
</style>
</head>
<body>
<main>
<header>
<h1>What would have happened</h1>
<p class="soft">${dateOf(replay.firstDay)} to ${dateOf(replay.lastDay)}</p>
</header>
<section class="card figures">
${figure(String(needs - missed), `of ${needs} packs at home in time`)}
${figure(String(replay.errandsSaved), `of ${replay.errands} errands saved`)}
${figure(String(replay.deliveries), `deliveries for ${replay.orders} orders`)}
${figure(euros(replay.feesSavedMinor), 'of fees saved')}
${figure(euros(replay.standingMinor.most), 'at risk, at most')}
</section>
<section class="card">
${[lead, ...sentences].map((sentence) => `<p>${escaped(sentence)}</p>`).join('\n')}
</section>
<section class="card">
<h2>Item by item</h2>
<div class="scroll" tabindex="0">
<table>
<thead><tr><th>Item</th><th>In time</th><th>Needed</th><th>There</th><th>Too late</th><th>Orders</th><th>Held</th><th>Left</th></tr></thead>
<tbody>
${byNeed(replay.items).map(rowOf).join('\n')}
</tbody>
</table>
</div>
</section>
${replay.unknown.length === 0 ? '' : `<p class="soft">Bought too seldom to be known: ${replay.unknown.map(escaped).join(', ')}.</p>`}
</main>
</body>
</html>
`;
}
