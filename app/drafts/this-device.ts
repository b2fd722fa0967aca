/** Which browser this is: made once and kept. Two frames of one window are two devices, each with its own name. */
export function thisDevice(): string {
  const key = `nachschub-device${window.name === '' ? '' : `:${window.name}`}`;
  const kept = localStorage.getItem(key);
  if (kept !== null && /^[0-9a-f]{16}$/.test(kept)) return kept;
  const made = Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) => byte.toString(16).padStart(2, '0')).join('');
  localStorage.setItem(key, made);
  return made;
}
