import { Button } from '../design/button.tsx';
import { Page } from '../design/page.tsx';
import { urls } from '../urls.ts';
import { useWords } from '../words/use-words.ts';
import { words } from './words.ts';

export function NotHere() {
  const t = useWords(words);
  return (
    <Page title={t.notHereTitle} lead={t.notHereText}>
      <div>
        <Button href={urls.home}>{t.toHome}</Button>
      </div>
    </Page>
  );
}

/** Its code did not come: away from the network, or after a new edition of the app. */
export function PageTrouble() {
  const t = useWords(words);
  return (
    <Page title={t.pageTroubleTitle} lead={t.pageTroubleText}>
      <div>
        <Button onClick={() => location.reload()}>{t.reload}</Button>
      </div>
    </Page>
  );
}
