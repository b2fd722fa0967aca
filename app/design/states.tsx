/** What stands where something will be, or should have been. */
import type { ApiProblem } from '../api/problem.ts';
import { useWords } from '../words/use-words.ts';
import { Button } from './button.tsx';
import { words } from './words.ts';

export function Loading() {
  const t = useWords(words);
  return (
    <div class="loading" role="status">
      <span class="only-heard">{t.loading}</span>
      <div class="loading-bar" />
      <div class="loading-bar" />
    </div>
  );
}

interface TroubleProps {
  readonly problem: ApiProblem;
  readonly retry?: (() => void) | undefined;
}

export function Trouble({ problem, retry }: TroubleProps) {
  const t = useWords(words);
  const [title, text] = saying(problem, t);
  return (
    <div class="notice notice-bad" role="alert">
      <strong>{title}</strong>
      <p>{text}</p>
      {retry !== undefined && problem.status !== 404 && (
        <div>
          <Button kind="quiet" onClick={retry}>
            {t.retry}
          </Button>
        </div>
      )}
    </div>
  );
}

type Words = (typeof words)['en'] | (typeof words)['de'];

function saying({ status, detail }: ApiProblem, t: Words): readonly [string, string] {
  if (status === 0) return [t.offlineTitle, t.offlineText];
  if (status === 404) return [t.goneTitle, t.goneText];
  if (status === 403) return [t.forbiddenTitle, t.forbiddenText];
  if (status === 429) return [t.busyTitle, t.busyText];
  if (status >= 500) return [t.brokenTitle, t.brokenText];
  return [t.refusedTitle, detail];
}
