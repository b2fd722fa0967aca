/** Tells a simulated shop how the next order that it gets shall go wrong: a file that it takes away when it has read it. */
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** As the simulated shops name them; `shop-slow` has the order and answers after our patience is over, now and then. */
export const failures = [
  ...(['shop-slow', 'shop-answered-5xx', 'shop-redirected', 'shop-body-slow', 'shop-body-huge'] as const),
  ...(['shop-answered-twice', 'shop-answered-out-of-order', 'shop-answered-early', 'shop-answered-late', 'shop-out-of-stock'] as const),
  ...(['shop-signed-wrongly', 'shop-price-raised', 'shop-asked-too-much'] as const),
] as const;
export type Failure = (typeof failures)[number];

/** @param ledgers the folder of the simulators' books */
export function failNext(ledgers: string, retailerId: string, chosen: readonly Failure[]): void {
  const folder = path.join(ledgers, 'next-order');
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, `${retailerId}.json`);
  writeFileSync(`${file}.new`, JSON.stringify({ mishaps: chosen }));
  renameSync(`${file}.new`, file);
}
