import { useEffect, useMemo } from 'preact/hooks';
import type { Answer } from '../api/contract-types.ts';
import { Button } from '../design/button.tsx';
import { Card } from '../design/card.tsx';
import { useWords } from '../words/use-words.ts';
import { words } from './words.ts';
import './orders.css';

type ReceiptText = Answer<'declareWithdrawal'>;

/** On a durable medium, at once: to be saved as a text file or printed. */
export function Receipt({ receipt: { receiptId, text } }: { readonly receipt: ReceiptText }) {
  const t = useWords(words);
  const href = useMemo(() => URL.createObjectURL(new Blob([text], { type: 'text/plain;charset=utf-8' })), [text]);
  useEffect(() => () => URL.revokeObjectURL(href), [href]);
  return (
    <Card title={t.receiptTitle} tone="good">
      <p class="no-print">{t.receiptText}</p>
      <pre class="receipt-text" role="status">
        {text}
      </pre>
      <div class="line-up no-print">
        <a class="button button-quiet" href={href} download={`${receiptId}.txt`}>
          {t.download}
        </a>
        <Button kind="quiet" onClick={() => window.print()}>
          {t.print}
        </Button>
      </div>
    </Card>
  );
}
