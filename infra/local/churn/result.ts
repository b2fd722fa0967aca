/** What `npm run churn` finds out: its JSON. */
import { approximatedPurchases } from '../../../shared/journey/churn/approximated.ts';
import { expectedOfNew, expectedPurchases } from '../../../shared/journey/churn/expected.ts';
import { fitAll, fitPurchases, fitRegularity, type PurchaseFit } from '../../../shared/journey/churn/fit-purchases.ts';
import { kindOf, probabilityAlive, type ModelName } from '../../../shared/journey/churn/purchase-model.ts';
import { expectedSpend, fitSpend, spendMovesWithFrequency, type SpendFit, type SpendParameters } from '../../../shared/journey/churn/spend.ts';
import type { Customers, Row } from './read-customers.ts';

interface Asked {
  readonly model?: ModelName | undefined;
  readonly k?: number | undefined;
  readonly horizon: number;
}
interface RowResult {
  readonly customer?: string;
  readonly frequency: number;
  readonly recency: number;
  readonly T: number;
  readonly probabilityAlive: number;
  /** Within the horizon. */
  readonly expectedPurchases: number;
  /** What BTYDplus would print; only for k > 1. */
  readonly expectedPurchasesApproximated?: number;
  readonly monetaryValue?: number;
  /** Of one purchase, and of all within the horizon. */
  readonly expectedSpend?: number;
  readonly expectedValue?: number;
}
export interface Result extends Omit<PurchaseFit, 'comparable' | 'isFound'> {
  /** Comparable between models and k on the same customers. */
  readonly comparableLogLikelihood: number;
  readonly converged: boolean;
  /** The best first. */
  readonly compared: readonly Pick<PurchaseFit, 'model' | 'k' | 'parameters' | 'logLikelihood' | 'aic' | 'bic'>[];
  readonly regularity?: number;
  readonly end?: string;
  readonly horizon: number;
  /** Of all customers together, and of one of whom nothing is known. */
  readonly expectedPurchases: number;
  readonly expectedPurchasesOfNew: number;
  readonly spend?: Omit<SpendFit, 'isFound'> & {
    readonly converged: boolean;
    /** Of a customer of whom nothing is known. */
    readonly expectedSpendOfNew: number;
    /** Between how often and how much; the model takes it for 0. */
    readonly correlation?: number;
  };
  readonly rows: readonly RowResult[];
}

export function resultOf({ rows, regularity, end }: Customers, { model, k, horizon }: Asked): Result {
  const fits = fitsOf(rows, model, k);
  const [best] = fits;
  if (best === undefined) throw new Error('expected a model');
  const { comparable, isFound, ...fit } = best;
  const kind = kindOf(best.model, best.k);
  const approximated = best.k > 1 ? approximatedPurchases(best.parameters, kind, rows, horizon) : [];
  const spend = spendOf(rows);
  const results = rows.map((row, index): RowResult => {
    const expected = expectedPurchases(best.parameters, kind, row, horizon);
    const alike = approximated[index];
    return {
      ...(row.customer !== undefined && { customer: row.customer }),
      ...{ frequency: row.x, recency: row.tx, T: row.T },
      ...{ probabilityAlive: probabilityAlive(best.parameters, kind, row), expectedPurchases: expected },
      ...(alike !== undefined && { expectedPurchasesApproximated: alike }),
      ...(spend && worthOf(row, spend.parameters, expected)),
    };
  });
  return {
    ...{ ...fit, comparableLogLikelihood: comparable, converged: isFound },
    compared: fits.map(({ model: name, k: evenly, parameters, logLikelihood, aic, bic }) => ({ model: name, k: evenly, parameters, logLikelihood, aic, bic })),
    ...(regularity !== undefined && { regularity }),
    ...(end !== undefined && { end }),
    horizon,
    expectedPurchases: results.reduce((sum, { expectedPurchases: expected }) => sum + expected, 0),
    expectedPurchasesOfNew: expectedOfNew(best.parameters, kind, horizon),
    ...(spend && { spend }),
    rows: results,
  };
}

function fitsOf(rows: readonly Row[], model: ModelName | undefined, k: number | undefined): PurchaseFit[] {
  if (model === undefined) return fitAll(rows);
  return [model === 'cnbdk' && k === undefined ? fitRegularity(rows) : fitPurchases(rows, model, k)];
}

const spentIn = (row: Row): { x: number; mean: number } | undefined =>
  row.x > 0 && row.monetaryValue !== undefined && row.monetaryValue > 0 ? { x: row.x, mean: row.monetaryValue } : undefined;

function spendOf(rows: readonly Row[]): Result['spend'] {
  const spent = rows.flatMap((row) => spentIn(row) ?? []);
  const fit = fitSpend(spent);
  if (fit === undefined) return undefined;
  const { isFound, ...rest } = fit;
  const correlation = spendMovesWithFrequency(spent);
  return {
    ...{ ...rest, converged: isFound, expectedSpendOfNew: expectedSpend(fit.parameters, { x: 0, mean: 0 }) },
    ...(correlation !== undefined && { correlation }),
  };
}

function worthOf(row: Row, parameters: SpendParameters, expected: number) {
  const each = expectedSpend(parameters, spentIn(row) ?? { x: 0, mean: 0 });
  return { ...(row.monetaryValue !== undefined && { monetaryValue: row.monetaryValue }), expectedSpend: each, expectedValue: each * expected };
}
