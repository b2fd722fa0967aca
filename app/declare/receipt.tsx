import { useEffect, useMemo } from 'preact/hooks';
import { Button } from '../design/button.tsx';
import { Card } from '../design/card.tsx';
import { useWords } from '../words/use-words.ts';
import './declare.css';
import { words } from './words.ts';

interface ReceiptProps {
  readonly title: string;
  readonly receiptId: string;
  readonly text: string;
}

/** On a durable medium, at once: to be saved as a text file or printed. */
export function Receipt({ title, receiptId, text }: ReceiptProps) {
  const t = useWords(words);
  const href = useMemo(() => URL.createObjectURL(new Blob([text], { type: 'text/plain;charset=utf-8' })), [text]);
  useEffect(() => () => URL.revokeObjectURL(href), [href]);
  return (
    <Card title={title} tone="good">
      <p class="no-print">{t.keep}</p>
      <pre class="receipt-text" role="status">
        {text}
      </pre>
      <div class="line-up no-print">
        <a class="button button-quiet" href={href} download={`${receiptId}.txt`}>
          {t.save}
        </a>
        <Button kind="quiet" onClick={() => window.print()}>
          {t.print}
        </Button>
      </div>
    </Card>
  );
}
