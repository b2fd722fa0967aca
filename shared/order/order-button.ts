/**
 * The words on the button that makes a contract. BGB §312j (3) allows "zahlungspflichtig bestellen" or words as clear and
 * nothing beside them; otherwise there is no contract (4). So they are an allow-list, versioned, and part of the evidence.
 */
export type Language = 'de' | 'en';

export const orderButtonTexts = {
  de: ['zahlungspflichtig bestellen', 'kostenpflichtig bestellen', 'kaufen'],
  en: ['order with obligation to pay'],
} as const satisfies Record<Language, readonly string[]>;

/** A new edition of the words is a new version. */
export const WORDING_VERSION = '2026-03';

/** The texts may differ in nothing, not even in case or a space: what counts is what stood on the button. */
export const isOrderButtonText = (language: Language, text: string): boolean => orderButtonTexts[language].some((allowed) => allowed === text);
