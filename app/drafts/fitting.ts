/** What of a stored draft fits the form as it is today: an older draft lacks a field, or has one that no longer is. */

const kindOf = (value: unknown): string => (value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value);

/** @param stored the JSON text that was kept @returns the initial form with every field that is there and of the same kind */
export function fitting<Form extends object>(initial: Form, stored: string): Form {
  const form = { ...initial };
  const found = parsed(stored);
  for (const [key, value] of Object.entries(initial)) {
    const kept: unknown = Reflect.get(found, key);
    if (kindOf(kept) === kindOf(value)) Reflect.set(form, key, kept);
  }
  return form;
}

function parsed(text: string): object {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}
