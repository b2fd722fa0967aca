import { language } from './language.ts';

/** The same keys with the same kinds of text: what one language says the other says too, or it does not compile. */
type Same<Words> = {
  readonly [Key in keyof Words]: Words[Key] extends string
    ? string
    : Words[Key] extends (...args: infer Args) => unknown
      ? (...args: Args) => ReturnType<Words[Key]> extends string ? string : unknown
      : Same<Words[Key]>;
};

/** Of an area's `words = { en: {…}, de: {…} }`, those in the reader's language. */
export const useWords = <English, German extends Same<English>>(words: { readonly en: English; readonly de: German }): English | German => wordsIn(words);

/** The same outside of a component. */
export const wordsIn = <English, German extends Same<English>>(words: { readonly en: English; readonly de: German }): English | German =>
  language.value === 'de' ? words.de : words.en;
