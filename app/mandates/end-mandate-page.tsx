/** Ends a mandate by the link that went out with it, in two clicks and without signing in. What stands behind the # reaches no server but in the declaration. */
import { useState } from 'preact/hooks';
import { send } from '../api/client.ts';
import type { Answer } from '../api/contract-types.ts';
import { useSending } from '../api/use-sending.ts';
import { Button } from '../design/button.tsx';
import { Card, Notice } from '../design/card.tsx';
import { Page } from '../design/page.tsx';
import { Trouble } from '../design/states.tsx';
import { urls } from '../urls.ts';
import { useWords } from '../words/use-words.ts';
import { useLongDates } from './dates.ts';
import { words } from './end-words.ts';
import './mandates.css';

export default function EndMandatePage() {
  const t = useWords(words);
  const [token] = useState(() => decodeURIComponent(location.hash.slice(1)));
  const [isSecond, setSecond] = useState(false);
  const [receipt, setReceipt] = useState<Answer<'endMandateByLink'>>();
  if (receipt !== undefined) return <Receipt receipt={receipt} />;
  if (token === '') {
    return (
      <Page title={t.title}>
        <Notice tone="warn">{t.noToken}</Notice>
        <Button kind="quiet" href={urls.mandates}>
          {t.toApp}
        </Button>
      </Page>
    );
  }
  return (
    <Page title={isSecond ? t.confirmTitle : t.title}>
      {isSecond ? (
        <Confirm token={token} onBack={() => setSecond(false)} onDone={setReceipt} />
      ) : (
        <Card>
          <p>{t.text}</p>
          <Button onClick={() => setSecond(true)}>{t.first}</Button>
        </Card>
      )}
    </Page>
  );
}

interface ConfirmProps {
  readonly token: string;
  readonly onBack: () => void;
  readonly onDone: (receipt: Answer<'endMandateByLink'>) => void;
}

function Confirm({ token, onBack, onDone }: ConfirmProps) {
  const t = useWords(words);
  const { busy, problem, run } = useSending();
  const end = () => run(async () => onDone(await send('endMandateByLink', { body: { token } })));
  return (
    <Card>
      <dl>
        <dt>{t.kind}</dt>
        <dd>{t.kindText}</dd>
        <dt>{t.when}</dt>
        <dd>{t.whenText}</dd>
      </dl>
      <p class="small">{t.still}</p>
      {problem !== undefined && <Trouble problem={problem} />}
      <div class="line-up">
        <Button kind="danger" busy={busy} onClick={() => void end()}>
          {t.second}
        </Button>
        <Button kind="quiet" onClick={onBack}>
          {t.back}
        </Button>
      </div>
    </Card>
  );
}

function Receipt({ receipt: { receivedAt, receiptId } }: { readonly receipt: Answer<'endMandateByLink'> }) {
  const t = useWords(words);
  const { moment } = useLongDates();
  return (
    <Page title={t.receiptTitle}>
      <Card tone="good">
        <p>{t.receipt(moment(receivedAt))}</p>
        <p class="small">
          {t.number}: <code class="fingerprint">{receiptId}</code>
        </p>
        <p class="small soft no-print">{t.keepIt}</p>
        <div class="line-up no-print">
          <Button kind="quiet" onClick={() => window.print()}>
            {t.print}
          </Button>
        </div>
      </Card>
    </Page>
  );
}
