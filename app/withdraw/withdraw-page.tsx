/** The withdrawal function of §356a BGB without signing in: what is declared, confirmed, and the receipt. Nothing here says whether there is such an order. */
import { useState } from 'preact/hooks';
import { send } from '../api/client.ts';
import type { Answer } from '../api/contract-types.ts';
import { Confirmation, Declared } from '../declare/confirmation.tsx';
import { Receipt } from '../declare/receipt.tsx';
import { Button } from '../design/button.tsx';
import { Card } from '../design/card.tsx';
import { TextField } from '../design/field.tsx';
import { Page } from '../design/page.tsx';
import { withdrawalLabels } from '../orders/withdrawal-labels.ts';
import { language } from '../words/language.ts';
import { useWords } from '../words/use-words.ts';
import { words } from './words.ts';

interface Form {
  readonly name: string;
  readonly orderNumber: string;
  readonly contact: string;
  readonly onlyPart: string;
}
const EMPTY: Form = { name: '', orderNumber: '', contact: '', onlyPart: '' };
/** Enough to catch a slip; the API judges. */
const MAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

export default function WithdrawPage() {
  const t = useWords(words);
  const labels = withdrawalLabels[language.value];
  const [form, setForm] = useState(EMPTY);
  const [isSecond, setSecond] = useState(false);
  const [receipt, setReceipt] = useState<Answer<'declareWithdrawal'>>();
  if (receipt !== undefined) {
    return (
      <Page title={labels.first}>
        <Receipt title={t.receiptTitle} {...receipt} />
      </Page>
    );
  }
  return (
    <Page title={labels.first} lead={isSecond ? undefined : t.lead}>
      {isSecond ? (
        <Check form={form} onBack={() => setSecond(false)} onDone={setReceipt} />
      ) : (
        <Declare form={form} onChange={setForm} onNext={() => setSecond(true)} />
      )}
    </Page>
  );
}

interface DeclareProps {
  readonly form: Form;
  readonly onChange: (form: Form) => void;
  readonly onNext: () => void;
}

function Declare({ form, onChange, onNext }: DeclareProps) {
  const t = useWords(words);
  const [isTried, setTried] = useState(false);
  const missing = (text: string) => (isTried && text.trim() === '' ? t.missing : undefined);
  const isMail = MAIL.test(form.contact.trim());
  const isWhole = form.name.trim() !== '' && form.orderNumber.trim() !== '' && isMail;
  const next = (event: Event) => {
    event.preventDefault();
    setTried(true);
    if (isWhole) onNext();
  };
  return (
    <Card>
      <form class="stack" noValidate onSubmit={next}>
        <TextField
          label={t.name}
          autocomplete="name"
          maxLength={120}
          value={form.name}
          error={missing(form.name)}
          onChange={(name) => onChange({ ...form, name })}
        />
        <TextField
          label={t.orderNumber}
          hint={t.orderHint}
          maxLength={80}
          value={form.orderNumber}
          error={missing(form.orderNumber)}
          onChange={(orderNumber) => onChange({ ...form, orderNumber })}
        />
        <TextField
          label={t.contact}
          hint={t.contactHint}
          type="email"
          autocomplete="email"
          maxLength={200}
          value={form.contact}
          error={missing(form.contact) ?? (isTried && !isMail ? t.badMail : undefined)}
          onChange={(contact) => onChange({ ...form, contact })}
        />
        <TextField label={t.part} hint={t.partHint} lines={2} maxLength={500} value={form.onlyPart} onChange={(onlyPart) => onChange({ ...form, onlyPart })} />
        <div>
          <Button type="submit">{withdrawalLabels[language.value].first}</Button>
        </div>
      </form>
    </Card>
  );
}

interface CheckProps {
  readonly form: Form;
  readonly onBack: () => void;
  readonly onDone: (receipt: Answer<'declareWithdrawal'>) => void;
}

function Check({ form, onBack, onDone }: CheckProps) {
  const t = useWords(words);
  const onlyPart = form.onlyPart.trim();
  const { name, orderNumber, contact } = form;
  const body = { name, orderNumber, contact: contact.trim(), language: language.value, ...(onlyPart !== '' && { onlyPart }) };
  const parts = [
    [t.name, name],
    [t.orderNumber, orderNumber],
    [t.contact, contact],
    [t.what, onlyPart === '' ? t.whole : onlyPart],
  ] as const;
  const declare = async () => onDone(await send('declareWithdrawal', { body }));
  return (
    <Card title={t.checkTitle}>
      <Confirmation label={withdrawalLabels[language.value].second} declare={declare} onBack={onBack} backLabel={t.back}>
        <p>{t.checkText}</p>
        <Declared parts={parts} />
      </Confirmation>
    </Card>
  );
}
