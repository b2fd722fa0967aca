/** The console's pages by what they are about: one line a page. The pages of one household are reached through finding it, and stand in its own frame. */
import { paths } from '../urls.ts';

interface Entry {
  readonly path: string;
  readonly en: string;
  readonly de: string;
}
interface Group {
  readonly en: string;
  readonly de: string;
  /** The first is where the group's own name leads; a group without a page is not shown. */
  readonly entries: readonly Entry[];
}

const groups: readonly Group[] = [
  {
    ...{ en: 'Household', de: 'Haushalt' },
    entries: [
      { path: paths.console, en: 'Find', de: 'Finden' },
      { path: paths.looks, en: 'Who looked', de: 'Wer geschaut hat' },
    ],
  },
  {
    ...{ en: 'Figures', de: 'Zahlen' },
    entries: [
      { path: paths.figures, en: 'All households', de: 'Alle Haushalte' },
      { path: paths.steps, en: 'How well it goes', de: 'Wie gut es läuft' },
      { path: paths.improve, en: 'Worth mending', de: 'Zu verbessern' },
      { path: paths.churn, en: 'Who may leave', de: 'Wer gehen könnte' },
      { path: paths.contacts, en: 'Contacts ahead', de: 'Kommende Anfragen' },
    ],
  },
  {
    ...{ en: 'Growth', de: 'Wachstum' },
    entries: [
      { path: paths.attribution, en: 'What earns orders', de: 'Was Bestellungen bringt' },
      { path: paths.leads, en: 'Leads', de: 'Interessenten' },
      { path: paths.conversionPaths, en: 'Conversion paths', de: 'Konversionspfade' },
      { path: paths.actions, en: 'Next best actions', de: 'Nächste Schritte' },
      { path: paths.experiments, en: 'Experiments', de: 'Experimente' },
      { path: paths.campaigns, en: 'Campaigns', de: 'Kampagnen' },
      { path: paths.signals, en: 'Signals', de: 'Signale' },
    ],
  },
  {
    ...{ en: 'Rules', de: 'Regeln' },
    entries: [
      { path: paths.segments, en: 'Segments', de: 'Segmente' },
      { path: paths.rules, en: 'Tiers, health, targets', de: 'Stufen, Gesundheit, Ziele' },
    ],
  },
];

export const navigation = groups.flatMap(({ entries, ...names }) => {
  const [first] = entries;
  return first === undefined ? [] : [{ ...names, entries, first: first.path }];
});

/** Where one is: on a page of the navigation, or with one household. @param path as in the address */
export const groupOf = (path: string): (typeof navigation)[number] | undefined =>
  navigation.find(({ entries }) => entries.some((entry) => isAt(entry, path) || isBelow(entry, path))) ?? navigation[0];

/** With and without the slash at its end. */
export const isAt = (entry: Pick<Entry, 'path'>, path: string): boolean => trimmed(entry.path) === trimmed(path);
/** One of a list that has a page of its own. */
const isBelow = (entry: Pick<Entry, 'path'>, path: string): boolean => entry.path === paths.leads && path.startsWith(`${paths.leads}/`);
const trimmed = (path: string): string => path.replace(/\/$/, '');
