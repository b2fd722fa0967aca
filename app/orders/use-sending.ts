/** Something sent about an order: busy meanwhile, and read again whatever became of it. */
import { useState } from 'preact/hooks';
import { asProblem, type ApiProblem } from '../api/problem.ts';

export interface Sending {
  readonly busy: boolean;
  readonly problem: ApiProblem | undefined;
  /** @returns whether it was taken */
  readonly run: (work: () => Promise<unknown>) => Promise<boolean>;
}

export function useSending(reload: () => Promise<void>): Sending {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ApiProblem>();
  const run = async (work: () => Promise<unknown>): Promise<boolean> => {
    setBusy(true);
    setProblem(undefined);
    try {
      await work();
      return true;
    } catch (error) {
      setProblem(asProblem(error));
      return false;
    } finally {
      await reload();
      setBusy(false);
    }
  };
  return { busy, problem, run };
}
