import { describe, expect, it } from 'vitest';
import { minimise, secondDerivatives, solve, type Smooth } from '../../../../shared/journey/churn/minimise.ts';

/** Rosenbrock's valley: narrow, bent, and least at (1, 1). */
const valley: Smooth = ([x = 0, y = 0]) => ({
  value: (1 - x) ** 2 + 100 * (y - x * x) ** 2,
  gradient: [-2 * (1 - x) - 400 * x * (y - x * x), 200 * (y - x * x)],
});

describe('the least of a function', () => {
  it.each([
    [-1.2, 1],
    [3, -4],
    [0, 0],
  ])('is found through a bent valley from %d, %d', (...start) => {
    const { point, isFound } = minimise(valley, start);
    expect(isFound).toBe(true);
    for (const value of point) expect(value).toBeCloseTo(1, 8);
  });

  it('is found to the last digits where one variable counts a million times as much as another', () => {
    const { point } = minimise(
      ([x = 0, y = 0, z = 0]) => ({ value: x ** 2 + 1e6 * (y - 3) ** 2 + (z + 2) ** 4, gradient: [2 * x, 2e6 * (y - 3), 4 * (z + 2) ** 3] }),
      [5, 5, 5],
    );
    expect(point[1]).toBeCloseTo(3, 12);
    expect(point[2]).toBeCloseTo(-2, 2);
  });

  it('is not claimed where there is none', () => {
    expect(minimise(([x = 0]) => ({ value: -x, gradient: [-1] }), [0]).isFound).toBe(false);
  });
});

describe('small linear algebra', () => {
  it('solves with a pivot, and says when it cannot', () => {
    expect(
      solve(
        [
          [0, 2],
          [3, 0],
        ],
        [4, 9],
      ),
    ).toEqual([3, 2]);
    expect(
      solve(
        [
          [1, 2],
          [2, 4],
        ],
        [1, 2],
      ),
    ).toBeUndefined();
  });

  it('finds second derivatives', () => {
    const [[xx = 0, xy = 0] = [], [yx = 0, yy = 0] = []] = secondDerivatives(valley, [1, 1]);
    expect(xx).toBeCloseTo(802, 4);
    expect(xy).toBeCloseTo(-400, 4);
    expect(yx).toBe(xy);
    expect(yy).toBeCloseTo(200, 4);
  });
});
