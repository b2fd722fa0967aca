/**
 * Reads the JSON of a message whose signature has been verified. JSON.parse keeps the last of two equal keys where another parser keeps
 * the first, so a signed text could mean two things; here such a text is refused (RFC 8259 §4 leaves it open, RFC 7493 §2.3 forbids it).
 */
const DEPTH_MAX = 32;

export type JsonRefusal = 'not-utf-8' | 'not-json' | 'too-deep' | 'key-repeated' | 'key-forbidden' | 'lone-surrogate';
export type ParsedJson = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly refusal: JsonRefusal };

export function parseSignedJson(bytes: Uint8Array): ParsedJson {
  let text: string;
  let value: unknown;
  try {
    // With ignoreBOM the mark stays in the text, and JSON.parse refuses it.
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return { ok: false, refusal: 'not-utf-8' };
  }
  try {
    value = JSON.parse(text);
  } catch {
    return { ok: false, refusal: 'not-json' };
  }
  const refusal = ambiguityIn(text);
  return refusal ? { ok: false, refusal } : { ok: true, value };
}

/** Walks a text that is known to be JSON, so a quote always opens or closes a string and brackets always match. */
function ambiguityIn(json: string): JsonRefusal | undefined {
  /** One entry per open bracket; an array has no keys. */
  const open: (Set<string> | undefined)[] = [];
  /** Whether the next string would be a key, if the innermost bracket is an object's. */
  let expectsKey = false;
  for (let at = 0; at < json.length; at += 1) {
    const character = json.charAt(at);
    switch (character) {
      case '{':
      case '[':
        if (open.length === DEPTH_MAX) return 'too-deep';
        open.push(character === '{' ? new Set() : undefined);
        expectsKey = true;
        break;
      case '}':
      case ']':
        open.pop();
        expectsKey = false;
        break;
      case ',':
        expectsKey = true;
        break;
      case '"': {
        const end = endOfString(json, at);
        const refusal = judgeString(json.slice(at, end + 1), expectsKey ? open.at(-1) : undefined);
        if (refusal) return refusal;
        expectsKey = false;
        at = end;
        break;
      }
      default:
    }
  }
  return undefined;
}

function endOfString(json: string, start: number): number {
  let at = start + 1;
  while (json[at] !== '"') at += json[at] === '\\' ? 2 : 1;
  return at;
}

/** Keys are compared as they read, not as they are written: an escaped `__proto__` is one too. */
function judgeString(quoted: string, keys: Set<string> | undefined): JsonRefusal | undefined {
  const text = quoted.includes('\\') ? String(JSON.parse(quoted)) : quoted.slice(1, -1);
  if (/\p{Surrogate}/u.test(text)) return 'lone-surrogate';
  if (!keys) return undefined;
  if (text === '__proto__') return 'key-forbidden';
  if (keys.has(text)) return 'key-repeated';
  keys.add(text);
  return undefined;
}
