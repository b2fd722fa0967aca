import { useEffect, useState } from 'preact/hooks';
import { Button } from '../design/button.tsx';
import { Notice } from '../design/card.tsx';
import { signIn, type Session } from '../session/session.ts';
import { urls } from '../urls.ts';
import { useWords } from '../words/use-words.ts';
import { words } from './words.ts';

/** For whoever is not signed in. */
export function Welcome({ because }: { readonly because?: Extract<Session, { kind: 'signed-out' }>['because'] }) {
  const t = useWords(words);
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    document.title = 'Nachschub';
  }, []);
  const go = async () => {
    setBusy(true);
    await signIn();
    setBusy(false);
  };
  return (
    <main class="welcome">
      <p class="soft">Nachschub</p>
      <h1>{t.welcome}</h1>
      <p>{t.welcomeText}</p>
      {because !== undefined && <Notice tone="warn">{because === 'expired' ? t.signInAgain : t.signInFailed}</Notice>}
      <Button busy={busy} onClick={() => void go()}>
        {t.signIn}
      </Button>
      <p class="small">
        <a href={urls.withdraw}>{t.withdraw}</a>
      </p>
    </main>
  );
}
