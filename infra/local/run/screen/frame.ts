/** What stands on the screen at one moment, as lines; nothing here knows a terminal. */
import type { HouseholdView, Snapshot, SupplyCard } from '../../window/snapshot.ts';
import { ORDER_BUTTON } from './answer.ts';
import { openOrderLines, supplySentence } from './sentences.ts';
import { wrap, type Line, type Span } from './terminal.ts';

export interface View {
  readonly url: string;
  /** The household that whoever sits here answers for; the first one unless told. */
  readonly householdId: string | undefined;
  readonly steps: readonly string[];
  readonly notes: readonly string[];
  readonly snapshot: Snapshot | undefined;
  readonly isConnected: boolean;
  readonly isHeld: boolean;
  readonly isLineCut: boolean;
  /** Open after `w`. */
  readonly why: readonly string[] | undefined;
  readonly columns: number;
  readonly rows: number;
}

export const ownHousehold = (snapshot: Snapshot | undefined, householdId: string | undefined): HouseholdView | undefined =>
  snapshot?.households.find((household) => household.householdId === householdId) ?? snapshot?.households[0];

const BAR_CELLS = 12;
const NOTHING: Line = [];
const line = (text: string, style?: Span['style']): Line => [style === undefined ? { text } : { text, style }];

export function frame(view: View): Line[] {
  const { snapshot, why } = view;
  if (snapshot === undefined) return [titleLine(view), NOTHING, ...view.steps.map((step) => line(step)), ...noteLines(view)];
  const keys = keyLines(view);
  const body = why === undefined ? householdLines(view, snapshot) : whyLines(view, why);
  const room = Math.max(0, view.rows - keys.length - 1);
  const shown = body.slice(0, room);
  return [...shown, ...Array.from({ length: room - shown.length }, () => NOTHING), ...keys];
}

function titleLine({ snapshot, householdId, isConnected, isHeld, url }: View): Line {
  if (snapshot === undefined)
    return [
      { text: 'Nachschub', style: 'bold' },
      { text: '  is starting', style: 'quiet' },
    ];
  const zone = ownHousehold(snapshot, householdId)?.timeZone ?? 'Europe/Berlin';
  const now = new Intl.DateTimeFormat('en-GB', {
    ...{ timeZone: zone, weekday: 'long', day: 'numeric', month: 'long', hour: '2-digit', minute: '2-digit' },
  }).format(new Date(snapshot.now));
  const mode = !isConnected
    ? 'the cloud is being started again'
    : isHeld
      ? waitsFor(ownHousehold(snapshot, householdId))
      : snapshot.mode === 'paused'
        ? 'paused'
        : snapshot.mode === 'jump'
          ? 'jumping'
          : `${(snapshot.rate / 3_600).toFixed(1)} h a second`;
  const calm = isConnected && !isHeld && snapshot.mode !== 'paused';
  return [{ text: 'Nachschub', style: 'bold' }, { text: `  ${now}  ` }, { text: mode, style: calm ? 'quiet' : 'warn' }, { text: `  ${url}`, style: 'quiet' }];
}

const waitsFor = (own: HouseholdView | undefined): string =>
  own === undefined || own.openOrders.length > 0 ? 'the clock waits for your answer' : 'the clock waits for an answer in the app';

function householdLines(view: View, snapshot: Snapshot): Line[] {
  const first = ownHousehold(snapshot, view.householdId);
  const others = snapshot.households.filter((household) => household !== first);
  if (first === undefined) return [titleLine(view), NOTHING, line('Nobody lives here yet.', 'quiet')];
  const more =
    others.length === 0
      ? []
      : [line(`${others.map(({ name }) => name).join(', ')}${snapshot.moreHouseholds ? ' and others' : ''} live at ${view.url}`, 'quiet')];
  return [
    titleLine(view),
    NOTHING,
    ...first.supplies.flatMap((supply) => supplyLines(supply, first, view.columns)),
    ...more,
    ...openOrderFrame(first, view.columns),
    NOTHING,
    ...snapshot.alerts.map(({ sentence }) => line(sentence.en, 'warn')),
    ...noteLines(view),
    line(`Journey, ${first.journey.touchpoints} touchpoints`, 'quiet'),
    ...first.journey.latest.map(({ at, sentence }): Line => [{ text: `${shortTime(at, first.timeZone)}  `, style: 'quiet' }, { text: sentence.en }]),
  ];
}

function supplyLines(supply: SupplyCard, household: HouseholdView, columns: number): Line[] {
  const most = Math.max(supply.orderUpTo, supply.inHouse, 1);
  const full = Math.min(BAR_CELLS, Math.round((supply.inHouse / most) * BAR_CELLS));
  const bar: Line = [{ text: '█'.repeat(full), style: supply.isLow ? 'warn' : 'good' }, { text: '░'.repeat(BAR_CELLS - full), style: 'quiet' }, { text: '  ' }];
  const [head = '', ...rest] = wrap(supplySentence(supply, household), Math.max(20, columns - BAR_CELLS - 3));
  return [[...bar, { text: head }], ...rest.map((text) => line(`${' '.repeat(BAR_CELLS + 2)}${text}`))];
}

function openOrderFrame(household: HouseholdView, columns: number): Line[] {
  const [order] = household.openOrders;
  if (order === undefined) return [];
  const more = household.openOrders.length > 1 ? ` (and ${household.openOrders.length - 1} more)` : '';
  return [
    NOTHING,
    [
      { text: `${household.name} is asked${more}: `, style: 'bold' },
      { text: `answer until ${shortTime(order.expiresAt, household.timeZone)}`, style: 'quiet' },
    ],
    ...openOrderLines(order).flatMap((text) => wrap(text, columns - 3).map((part) => line(`  ${part}`))),
  ];
}

const noteLines = ({ notes }: View): Line[] => notes.map((note) => line(note, 'warn'));

const whyLines = (view: View, why: readonly string[]): Line[] => [
  titleLine(view),
  NOTHING,
  ...why.flatMap((text) => wrap(text, view.columns - 1).map((part) => line(part))),
];

function keyLines({ snapshot, householdId, why, isLineCut, columns }: View): Line[] {
  if (why !== undefined) return [line('w back', 'quiet')];
  const isAsked = (ownHousehold(snapshot, householdId)?.openOrders.length ?? 0) > 0;
  // The words of the law stand beside the key that makes the contract (BGB §312j (3)).
  const answers = isAsked ? [line(`a  ${ORDER_BUTTON}`, 'bold')] : [];
  const clock = snapshot?.mode === 'paused' ? 'p go on' : 'p pause';
  const others = [
    ...(isAsked ? ['d decline'] : []),
    'w why',
    clock,
    '+ one day on',
    isLineCut ? 'k restore the shops’ lines' : 'k cut the shops’ lines',
    'q quit',
  ];
  return [...answers.flatMap((key) => wrapKeys(key, columns)), line(others.join('   '), 'quiet')];
}

const wrapKeys = (key: Line, columns: number): Line[] => wrap(key.map(({ text }) => text).join(''), columns - 1).map((text) => line(text, 'bold'));

const shortTime = (at: string, timeZone: string): string =>
  new Intl.DateTimeFormat('en-GB', { timeZone, weekday: 'short', hour: '2-digit', minute: '2-digit' }).format(new Date(at));
