/** Whether the 80 % interval of the projected stockout is right as often as it says, for slow and for fast items alike. */
import type { Projection } from './scenario.ts';

export interface Calibration {
  readonly projections: number;
  /** 0–1. */
  readonly covered: number;
  /** Those that end beyond the horizon of a year are kept apart: they say only from when, and are right nine times of ten if they are right. */
  readonly open: { readonly projections: number; readonly covered: number };
  /** By the rate that was forecast, the slowest tenth of the projections first. */
  readonly deciles: readonly { readonly perDay: number; readonly projections: number; readonly covered: number }[];
}

const DECILES = 10;

export function calibrationOf(projections: readonly Projection[]): Calibration {
  const open = projections.filter(({ isOpen }) => isOpen);
  const sorted = projections.filter(({ isOpen }) => !isOpen).sort((a, b) => a.perDay - b.perDay);
  const share = (some: readonly Projection[]): number => some.filter(({ isCovered }) => isCovered).length / some.length;
  const deciles = Array.from({ length: DECILES }, (_, decile) => {
    const some = sorted.slice(Math.floor((decile * sorted.length) / DECILES), Math.floor(((decile + 1) * sorted.length) / DECILES));
    return { perDay: some[Math.floor(some.length / 2)]?.perDay ?? 0, projections: some.length, covered: share(some) };
  });
  return { projections: sorted.length, covered: share(sorted), open: { projections: open.length, covered: share(open) }, deciles };
}
