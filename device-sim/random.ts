/** Small seeded generators: the same keys draw the same numbers, on every machine and after every restart. */

/** Uniform in [0, 1). */
export type Draw = () => number;

/** A generator of its own for each list of keys, so that one slot's draws never shift another's. */
export function drawsOf(...keys: readonly (string | number)[]): Draw {
  let [a, b, c, counter] = hash128(keys.join('\u0000'));
  // sfc32 of PractRand (Chris Doty-Humphrey, public domain): 128 bits of state, period of at least 2^32.
  const draw = (): number => {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return (sum >>> 0) / 4_294_967_296;
  };
  // Twelve rounds mix the key through the whole state; the author's own seeding does the same.
  for (let round = 0; round < 12; round += 1) draw();
  return draw;
}

/** Mean 0, standard deviation 1 (Box–Muller). */
export const normal = (draw: Draw): number => Math.sqrt(-2 * Math.log(1 - draw())) * Math.cos(2 * Math.PI * draw());

/** Mean 1, log-normal: e^(σz − σ²/2). */
export const around1 = (draw: Draw, sigma: number): number => Math.exp(sigma * normal(draw) - sigma ** 2 / 2);

export function pick<Item>(draw: Draw, items: readonly [Item, ...Item[]]): Item {
  return items[Math.floor(draw() * items.length)] ?? items[0];
}

/** Four FNV-1a hashes over the same text from different starts; spreads keys, guards nothing. */
function hash128(text: string): [number, number, number, number] {
  let [a, b, c, d] = [0x811c9dc5, 0x9e3779b9, 0x243f6a88, 0xb7e15162];
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    a = Math.imul(a ^ code, 0x01000193);
    b = Math.imul(b ^ (code + 1), 0x01000193);
    c = Math.imul(c ^ (code + 2), 0x01000193);
    d = Math.imul(d ^ (code + 3), 0x01000193);
  }
  return [a, b, c, d];
}
