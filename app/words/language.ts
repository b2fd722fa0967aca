/** Which language the app speaks on this device: as chosen here, else what the reader's browser asks for, else that of the household. */
import { computed, effect, signal } from '@preact/signals';
import type { Language } from '../../shared/order/order-button.ts';

const KEPT_AS = 'nachschub-language';
const isLanguage = (text: string | null | undefined): text is Language => text === 'de' || text === 'en';

function kept(): Language | undefined {
  const text = localStorage.getItem(KEPT_AS);
  return isLanguage(text) ? text : undefined;
}
/** The first of the browser's languages that we speak. */
const wished = (): Language | undefined => navigator.languages.map((tag) => tag.slice(0, 2)).find(isLanguage);

const chosen = signal(kept());
const ofHousehold = signal<Language | undefined>(undefined);

export const language = computed<Language>(() => chosen.value ?? wished() ?? ofHousehold.value ?? 'en');
export const timeZone = signal('Europe/Berlin');

export function chooseLanguage(next: Language): void {
  localStorage.setItem(KEPT_AS, next);
  chosen.value = next;
}

export function speakLike(household: { readonly language: Language; readonly timeZone: string }): void {
  ofHousehold.value = household.language;
  timeZone.value = household.timeZone;
}

effect(() => {
  document.documentElement.lang = language.value;
});
