/** What stands around the company's pages: who works here, and a line to go along. */
import './console.css';
import { useLocation } from 'preact-iso';
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { Button } from '../design/button.tsx';
import { Notice } from '../design/card.tsx';
import { words as frameWords } from '../frame/words.ts';
import { session, signIn, signOut, type Session } from '../session/session.ts';
import { urls } from '../urls.ts';
import { chooseLanguage, language } from '../words/language.ts';
import { useWords } from '../words/use-words.ts';
import { words } from './words.ts';

export function ConsoleFrame({ children }: { readonly children?: ComponentChildren }) {
  const t = useWords(words);
  const f = useWords(frameWords);
  const { path } = useLocation();
  const now = session.value;
  if (now.kind === 'starting') return null;
  if (now.kind === 'signed-out') return <SignIn because={now.because} />;
  const entries = [
    [urls.console, t.find],
    [urls.figures, t.figures],
    [urls.steps, t.steps],
    [urls.improve, t.improve],
    [urls.looks, t.looks],
  ] as const;
  return (
    <div class="console">
      <a class="skip" href="#content">
        {f.skip}
      </a>
      <header class="console-bar">
        <a class="console-brand" href={urls.console}>
          Nachschub <span>{t.name}</span>
        </a>
        <nav aria-label={t.navigation}>
          {entries.map(([href, label]) => (
            <a key={href} href={href} aria-current={path === href ? 'page' : undefined}>
              {label}
            </a>
          ))}
        </nav>
        <div class="console-me">
          <button type="button" lang={language.value === 'de' ? 'en' : 'de'} onClick={() => chooseLanguage(language.value === 'de' ? 'en' : 'de')}>
            {t.otherLanguage}
          </button>
          <button type="button" onClick={() => void signOut()}>
            {t.signOut}
          </button>
        </div>
      </header>
      <main id="content" tabIndex={-1}>
        {children}
      </main>
    </div>
  );
}

function SignIn({ because }: { readonly because?: Extract<Session, { kind: 'signed-out' }>['because'] }) {
  const t = useWords(words);
  const f = useWords(frameWords);
  const [busy, setBusy] = useState(false);
  const go = async () => {
    setBusy(true);
    await signIn();
    setBusy(false);
  };
  return (
    <main class="welcome">
      <p class="soft">Nachschub · {t.name}</p>
      <h1>{t.signInTitle}</h1>
      <p>{t.signInText}</p>
      {because !== undefined && <Notice tone="warn">{because === 'expired' ? f.signInAgain : f.signInFailed}</Notice>}
      <Button busy={busy} onClick={() => void go()}>
        {t.signIn}
      </Button>
    </main>
  );
}
