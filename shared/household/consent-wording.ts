/** The text of every version that anybody was ever asked with: the consent log names the version, and this says what was read. Versions are never edited. */
import type { Purpose } from './purposes.ts';

export interface ConsentWording {
  readonly title: string;
  readonly text: string;
}

type Texts = Readonly<Record<'en' | 'de', Readonly<Record<Purpose, ConsentWording>>>>;

const first: Texts = {
  en: {
    'optional-telemetry': {
      title: 'How we use our devices',
      text: 'Our devices may also send how often the fridge door opens and how long the TV is watched. Ordering works the same without it. Without our yes these figures are thrown away when they arrive.',
    },
    profiling: {
      title: 'Learning from our orders',
      text: 'Nachschub groups households by how they order and suggests what may suit them, and standing permissions buy by what it expects us to need. If we object, no groups and no suggestions are made, what was made is removed, and every order asks us first.',
    },
    'product-news': {
      title: 'News about Nachschub',
      text: 'Nachschub may write to me about new features. About orders it writes in any case.',
    },
  },
  de: {
    'optional-telemetry': {
      title: 'Wie wir unsere Geräte nutzen',
      text: 'Unsere Geräte dürfen auch senden, wie oft die Kühlschranktür aufgeht und wie lange der Fernseher läuft. Bestellen geht genauso ohne. Ohne unser Ja werden diese Angaben beim Eintreffen verworfen.',
    },
    profiling: {
      title: 'Aus unseren Bestellungen lernen',
      text: 'Nachschub ordnet Haushalte danach ein, wie sie bestellen, und schlägt vor, was passen könnte; Dauererlaubnisse kaufen nach dem erwarteten Bedarf. Wenn wir widersprechen, gibt es keine Einordnung und keine Vorschläge, Vorhandenes wird entfernt, und jede Bestellung fragt uns vorher.',
    },
    'product-news': {
      title: 'Neues von Nachschub',
      text: 'Nachschub darf mir über neue Funktionen schreiben. Zu Bestellungen schreibt es ohnehin.',
    },
  },
};

/** The first one, and what devices show and are answered: a new question of its own. */
const withScreens: Texts = {
  en: {
    ...first.en,
    'optional-telemetry': {
      title: 'How we use our devices',
      text: 'Our devices may also send how often the fridge door opens, how long the TV is watched, which messages a screen has shown, and what we answer by remote control beyond orders: the TV may then ask us, every two weeks at most, how something went. Ordering works the same without it. Without our yes nothing is asked there, and these figures are thrown away when they arrive.',
    },
  },
  de: {
    ...first.de,
    'optional-telemetry': {
      title: 'Wie wir unsere Geräte nutzen',
      text: 'Unsere Geräte dürfen auch senden, wie oft die Kühlschranktür aufgeht, wie lange der Fernseher läuft, welche Nachrichten ein Bildschirm gezeigt hat, und was wir über Bestellungen hinaus mit der Fernbedienung antworten: Der Fernseher darf uns dann höchstens alle zwei Wochen fragen, wie etwas war. Bestellen geht genauso ohne. Ohne unser Ja wird dort nichts gefragt, und diese Angaben werden beim Eintreffen verworfen.',
    },
  },
};

export const consentWording: Readonly<Record<string, Texts>> = { '2026-11': first, '2026-11-2': withScreens };
