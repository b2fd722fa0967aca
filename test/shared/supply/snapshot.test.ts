import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { canonicalJson } from '../../../shared/digest.ts';
import { observe } from '../../../shared/supply/observe.ts';
import { recomputeSnapshot, snapshot, supplySnapshotSchema } from '../../../shared/supply/snapshot.ts';
import { reorderPointOf, stockAt } from '../../../shared/supply/stock.ts';
import { after, milk, reading } from './milk.ts';

const supply = observe(milk(), [reading(1, 0, 4, { usage: 0 }), reading(2, 40, 2.3, { usage: 1.7 })], after(40)).supply;

test('a decision record works its figures out again bit for bit', () => {
  const taken = snapshot(supply, after(41.5));
  const stored = supplySnapshotSchema.parse(JSON.parse(JSON.stringify(taken)));
  expect(canonicalJson(recomputeSnapshot(stored))).toBe(canonicalJson(taken));
  expect(canonicalJson(recomputeSnapshot({ ...stored, onHand: stored.onHand + 1 }))).not.toBe(canonicalJson(taken));
});

test('its figures are those the supply itself decides with', () => {
  const taken = snapshot(supply, after(41.5));
  expect(taken).toMatchObject({ position: stockAt(supply, after(41.5)).position, reorderPoint: reorderPointOf(supply, after(41.5)), at: after(41.5) });
  expect(taken.orderUpTo).toBeGreaterThan(taken.reorderPoint);
});

test('an order always lifts the position over the reorder point', () => {
  const taken = snapshot({ ...supply, settings: { ...supply.settings, coverDays: 0.1 } }, after(41.5));
  expect(taken.orderUpTo).toBeGreaterThan(taken.reorderPoint);
});

const recorded = readdirSync(new URL('recorded/', import.meta.url)).map((file) => [file, new URL(`recorded/${file}`, import.meta.url)] as const);

test.each(recorded)('what was recorded is worked out again bit for bit: %s', (_file, url) => {
  const stored = supplySnapshotSchema.parse(JSON.parse(readFileSync(url, 'utf8')));
  expect(canonicalJson(recomputeSnapshot(stored))).toBe(canonicalJson(stored));
});
