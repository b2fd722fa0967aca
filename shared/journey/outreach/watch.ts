/** A watch is a second, small screen of a member's own app: what it shows fits a glance. */
export const WATCH_TITLE_MAX = 40;
export const WATCH_TEXT_MAX = 80;

interface Said {
  readonly title: string;
  readonly text: string;
}

/** Cut between words where there is a space, with an ellipsis; half a letter (of two code units) is none. */
export function shortened(text: string, most: number): string {
  if (text.length <= most) return text;
  const cut = text.slice(0, most - 1).replace(/[\uD800-\uDBFF]$/, '');
  const space = cut.lastIndexOf(' ');
  return `${(space > most / 2 ? cut.slice(0, space) : cut).replace(/[\s,;:–-]+$/, '')}…`;
}

export const forWatch = <Words extends Said>(words: Words): Words => ({
  ...words,
  title: shortened(words.title, WATCH_TITLE_MAX),
  text: shortened(words.text, WATCH_TEXT_MAX),
});
