import { describe, expect, it } from 'vitest';
import { spearman } from '../../../../infra/local/auditor/mood-followed.ts';

describe('a rank correlation', () => {
  it('is 1 where the order is the same, −1 where it is turned round, and shares ties', () => {
    expect(spearman([1, 2, 3, 4], [10, 20, 30, 400])).toBe(1);
    expect(spearman([1, 2, 3, 4], [4, 3, 2, 1])).toBe(-1);
    // By hand: ranks 1, 2.5, 2.5, 4 and 1, 2, 3, 4; 4.5 / √(4.5 · 5).
    expect(spearman([1, 2, 2, 3], [1, 2, 3, 4])).toBe(0.949);
  });
  it('is none of too little, and none where all are alike', () => {
    expect(spearman([1, 2], [1, 2])).toBeUndefined();
    expect(spearman([1, 1, 1], [1, 2, 3])).toBeUndefined();
  });
});
