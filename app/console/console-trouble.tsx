import type { ApiProblem } from '../api/problem.ts';
import { Notice } from '../design/card.tsx';
import { Trouble } from '../design/states.tsx';
import { useWords } from '../words/use-words.ts';
import { words } from './words.ts';

/** Why nothing is shown; whoever is not of the group hears that they are not. */
export function ConsoleTrouble({ problem, retry }: { readonly problem: ApiProblem; readonly retry?: () => void }) {
  const t = useWords(words);
  return problem.status === 403 ? <Notice tone="bad">{t.notOurs}</Notice> : <Trouble problem={problem} retry={retry} />;
}
