/** For whoever is signed in and belongs nowhere: they may begin a household, or be invited into one. */
import { ErrorBoundary, lazy } from 'preact-iso';
import type { ComponentType } from 'preact';
import { useState } from 'preact/hooks';
import type { BeginHouseholdProps } from '../begin/begin-household.tsx';
import { Button } from '../design/button.tsx';
import { Page } from '../design/page.tsx';
import { session, signOut } from '../session/session.ts';
import { useWords } from '../words/use-words.ts';
import { words } from './words.ts';

const BeginHousehold = lazy<ComponentType<BeginHouseholdProps>>(() =>
  import('../begin/begin-household.tsx').then(({ BeginHousehold: form }) => ({ default: form })),
);

export function NoHousehold({ onBegun }: Pick<BeginHouseholdProps, 'onBegun'>) {
  const t = useWords(words);
  // Whoever follows the link of somebody who recommends us has come to begin.
  const [begins, setBegins] = useState(() => new URLSearchParams(location.search).has('code'));
  const now = session.value;
  const email = 'email' in now ? now.email : undefined;
  if (begins) {
    return (
      <main>
        <ErrorBoundary>
          <BeginHousehold onBegun={onBegun} onCancel={() => setBegins(false)} />
        </ErrorBoundary>
      </main>
    );
  }
  return (
    <main>
      <Page title={t.noneTitle} lead={t.noneText}>
        {email !== undefined && <p>{t.signedInAs(email)}</p>}
        <div class="line-up">
          <Button onClick={() => setBegins(true)}>{t.begin}</Button>
          <Button kind="quiet" onClick={() => void signOut()}>
            {t.signOut}
          </Button>
        </div>
      </Page>
    </main>
  );
}
