/** `*` and `?` as IAM reads them (IAM user guide, “IAM JSON policy elements: Resource” and “… Action”). */

const escaped = (text: string): string => text.replaceAll(/[.+^${}()|[\]\\*?]/g, String.raw`\$&`);
const cache = new Map<string, RegExp>();

function compiled(key: string, make: () => RegExp): RegExp {
  const known = cache.get(key);
  if (known !== undefined) return known;
  const made = make();
  cache.set(key, made);
  return made;
}

/** Anything but `*` and `?` is taken as it stands; these match any text and any one character. */
export const textMatches = (pattern: string, text: string): boolean =>
  compiled(
    `text ${pattern}`,
    () =>
      new RegExp(
        `^${escaped(pattern)
          .replaceAll(String.raw`\*`, '.*')
          .replaceAll(String.raw`\?`, '.')}$`,
        's',
      ),
  ).test(text);

/** `sqs:Send*`; letters of either case are the same. */
export const actionMatches = (pattern: string, action: string): boolean => textMatches(pattern.toLowerCase(), action.toLowerCase());

/** In a resource a star stays inside its part of the ARN, unless it is the last character of one: then it may reach beyond the colon. */
export const resourceMatches = (pattern: string, arn: string): boolean =>
  pattern === '*' ||
  compiled(`resource ${pattern}`, () => {
    const source = pattern.replaceAll(/[*?]|[^*?]+/g, (part, at: number) => {
      if (part === '?') return '[^:]';
      return part === '*' ? ([':', undefined].includes(pattern[at + 1]) ? '.*' : '[^:]*') : escaped(part);
    });
    return new RegExp(`^${source}$`, 's');
  }).test(arn);

const ARN_PARTS = 6;
const partsOf = (arn: string): string[] => {
  const parts = arn.split(':');
  return [...parts.slice(0, ARN_PARTS - 1), parts.slice(ARN_PARTS - 1).join(':')];
};

/** `ArnLike` and `ArnEquals`, which do the same: each of the six parts is compared by itself. */
export function arnLike(pattern: string, arn: string): boolean {
  const [patterns, parts] = [partsOf(pattern), partsOf(arn)];
  return patterns.length === parts.length && patterns.every((part, index) => textMatches(part, parts[index] ?? ''));
}
