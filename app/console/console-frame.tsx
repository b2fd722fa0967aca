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
import { groupOf, isAt, navigation } from './navigation.ts';
import { words } from './words.ts';

export function ConsoleFrame({ children }: { readonly children?: ComponentChildren }) {
  const t = useWords(words);
  const f = useWords(frameWords);
  const now = session.value;
  if (now.kind === 'starting') return null;
  if (now.kind === 'signed-out') return <SignIn because={now.because} />;
  return (
    <div class="console">
      <a class="skip" href="#content">
        {f.skip}
      </a>
      <header class="console-bar">
        <a class="console-brand" href={urls.console}>
          Nachschub <span>{t.name}</span>
        </a>
        <Groups />
        <div class="console-me">
          <button type="button" lang={language.value === 'de' ? 'en' : 'de'} onClick={() => chooseLanguage(language.value === 'de' ? 'en' : 'de')}>
            {t.otherLanguage}
          </button>
          <button type="button" onClick={() => void signOut()}>
            {t.signOut}
          </button>
        </div>
        <Pages />
      </header>
      <main id="content" tabIndex={-1}>
        {children}
      </main>
    </div>
  );
}

/** What it is about; the pages of the one in which somebody is stand below. */
function Groups() {
  const t = useWords(words);
  const { path } = useLocation();
  const here = groupOf(path);
  return (
    <nav class="console-groups" aria-label={t.navigation}>
      {navigation.map((group) => (
        <a key={group.en} href={group.first} aria-current={group === here ? 'true' : undefined}>
          {group[language.value]}
        </a>
      ))}
    </nav>
  );
}

function Pages() {
  const { path } = useLocation();
  const here = groupOf(path);
  if (here === undefined) return null;
  return (
    <nav class="console-pages" aria-label={here[language.value]}>
      {here.entries.map((entry) => (
        <a key={entry.path} href={entry.path} aria-current={isAt(entry, path) ? 'page' : undefined}>
          {entry[language.value]}
        </a>
      ))}
    </nav>
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
