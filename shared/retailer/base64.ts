/** Base64 (RFC 4648 §4), strict: one text for one value, so that a signature or a secret cannot be written in two ways. */

export const bytesToBase64 = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes));

/** The bytes, or undefined when the text is not the canonical base64 of anything (white space, missing padding, stray bits). */
export function bytesFromBase64(text: string): Uint8Array | undefined {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(text) || text.length % 4 !== 0) return undefined;
  const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  return bytesToBase64(bytes) === text ? bytes : undefined;
}
