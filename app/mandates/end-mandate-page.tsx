/** Ends a mandate by the link that went out with it, in two clicks and without signing in. What stands behind the # reaches no server but in the declaration. */
import { useState } from 'preact/hooks';
import { send } from '../api/client.ts';
import type { Answer } from '../api/contract-types.ts';
import { Confirmation, Declared } from '../declare/confirmation.tsx';
import { Receipt } from '../declare/receipt.tsx';
import { Button } from '../design/button.tsx';
import { Card, Notice } from '../design/card.tsx';
import { Page } from '../design/page.tsx';
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
  if (receipt !== undefined) return <Ended receipt={receipt} />;
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
  const end = async () => onDone(await send('endMandateByLink', { body: { token } }));
  const parts = [
    [t.kind, t.kindText],
    [t.when, t.whenText],
  ] as const;
  return (
    <Card>
      <Confirmation label={t.second} declare={end} onBack={onBack}>
        <Declared parts={parts} />
        <p class="small">{t.still}</p>
      </Confirmation>
    </Card>
  );
}

function Ended({ receipt: { receivedAt, receiptId } }: { readonly receipt: Answer<'endMandateByLink'> }) {
  const t = useWords(words);
  const { moment } = useLongDates();
  const text = [t.receipt(moment(receivedAt)), t.still, `${t.number}: ${receiptId}`, t.keepIt].join('\n\n');
  return (
    <Page title={t.receiptTitle}>
      <Receipt title={t.receiptOf} {...{ receiptId, text }} />
    </Page>
  );
}
