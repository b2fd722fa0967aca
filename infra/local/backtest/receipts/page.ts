/** The same as a page that stands alone: the app's own colours, type, cards and rows, light and dark. */
import { readFileSync } from 'node:fs';
import type { Language } from '../../../../shared/order/order-button.ts';
import { byNeed, sentencesOf, shareInTime, totalsOf } from './in-words.ts';
import type { ItemReplay, Replay } from './replay.ts';
import { receiptWords, toolsFor } from './words.ts';

const styleOf = (file: string): string => readFileSync(new URL(`../../../../app/design/${file}`, import.meta.url), 'utf8');

/** Names come from a file that somebody gave us. */
const escaped = (text: string): string =>
  text.replace(/[&<>"]/g, (character) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[character] ?? character);

/** What the app's own sheets do not have. */
const STYLE = `
.figures { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: var(--space-4); }
@media (min-width: 36rem) { .figures { grid-template-columns: repeat(4, minmax(0, 1fr)); } }
.figures .label { color: var(--ink-soft); }
.figures > :first-child { grid-column: 1 / -1; }
.figures .number { display: block; font-size: var(--text-title); }
.figures > :first-child .number { font-size: var(--text-number); color: var(--accent); }
.item { display: grid; gap: var(--space-1); padding: var(--space-3) var(--space-4); overflow-wrap: anywhere; }
.item .apart { flex-wrap: nowrap; }
.item .number { flex: none; position: relative; font-size: var(--text); letter-spacing: 0; }
.bar { width: 100%; height: 0.5rem; }
.bar rect { fill: var(--surface-sunk); }
.bar rect + rect { fill: var(--accent); }
.bar-late rect + rect { fill: var(--warn-mark); }
summary { min-height: var(--target); padding: var(--space-3) var(--space-4); color: var(--accent); cursor: pointer; }
.card > summary, details.card > summary { padding: 0; color: inherit; font-weight: 650; min-height: 0; }
`;

/** More than fit on a screen are folded away. */
const ITEMS_OPEN = 20;
/** Below this share an item's bar draws the eye. */
const LATE_BELOW = 0.9;
const WIDTH = 100;

const figure = (value: string, label: string): string => `<p><strong class="number">${value}</strong> <span class="small label">${label}</span></p>`;

function itemRow(one: ItemReplay, language: Language): string {
  const t = receiptWords[language];
  const { money, number } = toolsFor(language);
  const share = shareInTime(one);
  const percent = new Intl.NumberFormat(language, { style: 'percent' }).format(share);
  return `<li class="row"><div class="item">
<div class="apart"><span class="row-label">${escaped(one.item)}</span><span class="number">${percent} <span class="only-heard">${t.inTime}</span></span></div>
<svg class="bar${share < LATE_BELOW ? ' bar-late' : ''}" viewBox="0 0 ${WIDTH} 4" preserveAspectRatio="none" aria-hidden="true"><rect width="${WIDTH}" height="4"/><rect width="${(share * WIDTH).toFixed(1)}" height="4"/></svg>
<span class="row-text">${t.item(one, number(one.held), money(one.left * one.packMinor))}</span>
</div></li>`;
}

function itemsCard(replay: Replay, language: Language): string {
  const t = receiptWords[language];
  const rows = byNeed(replay.items).map((item) => itemRow(item, language));
  const [open, folded] = [rows.slice(0, ITEMS_OPEN), rows.slice(ITEMS_OPEN)];
  if (rows.length === 0) return '';
  const more = folded.length === 0 ? '' : `<details><summary>${t.more(folded.length)}</summary><ul class="rows">${folded.join('\n')}</ul></details>`;
  return `<section class="card" aria-labelledby="items">
<h2 id="items">${t.items}</h2>
<p class="small soft">${t.itemsText}</p>
<ul class="rows">${open.join('\n')}</ul>
${more}
</section>`;
}

const unknownCard = ({ unknown }: Replay, language: Language): string =>
  unknown.length === 0
    ? ''
    : `<details class="card"><summary>${receiptWords[language].unknown}: ${unknown.length}</summary><p class="small soft">${unknown.map(escaped).join(', ')}</p></details>`;

export function pageOf(replay: Replay, language: Language): string {
  const t = receiptWords[language];
  const { wholeEuros } = toolsFor(language);
  const { needs, missed } = totalsOf(replay);
  const [period = '', ...sentences] = sentencesOf(replay, language);
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${t.title}</title>
<style>
${['tokens.css', 'base.css', 'surfaces.css'].map(styleOf).join('\n')}
${STYLE}
</style>
</head>
<body>
<main class="page">
<header class="page-head">
<h1>${t.title}</h1>
<p class="page-lead">${period}</p>
</header>
<div class="page-body">
<section class="card"><div class="figures">
${figure(String(needs - missed), t.figures.inTime(needs))}
${figure(String(replay.errandsSaved), t.figures.errands(replay.errands))}
${figure(String(replay.deliveries), t.figures.deliveries(replay.orders))}
${figure(wholeEuros(replay.feesSavedMinor), t.figures.fees)}
${figure(wholeEuros(replay.standingMinor.most), t.figures.most)}
</div></section>
<section class="card" aria-labelledby="words">
<h2 id="words">${t.inWords}</h2>
${sentences.map((sentence) => `<p>${escaped(sentence)}</p>`).join('\n')}
</section>
${itemsCard(replay, language)}
${unknownCard(replay, language)}
</div>
</main>
</body>
</html>
`;
}
