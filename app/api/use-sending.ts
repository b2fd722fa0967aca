/** Something that a person sends: busy meanwhile, and what it is about is read again whatever became of it. */
import { useState } from 'preact/hooks';
import { asProblem, type ApiProblem } from './problem.ts';

export interface Sending {
  readonly busy: boolean;
  readonly problem: ApiProblem | undefined;
  /** @returns whether it was taken */
  readonly run: (work: () => Promise<unknown>) => Promise<boolean>;
  readonly clear: () => void;
}

export function useSending(reload: () => Promise<void> = () => Promise.resolve()): Sending {
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
  const clear = () => {
    setProblem(undefined);
  };
  return { busy, problem, run, clear };
}
