/** Whether a member may be written to by e-mail: their own yes, to a text that says what comes and how it ends. */
import type { Answer } from '../api/contract-types.ts';
import { MAIL_WORDING, mailWording } from '../../shared/journey/outreach/mail-wording.ts';
import { Button } from '../design/button.tsx';
import { Card, Notice } from '../design/card.tsx';
import { urls } from '../urls.ts';
import { useFormats } from '../words/formats.ts';
import { language } from '../words/language.ts';
import { useWords } from '../words/use-words.ts';
import { words } from './words.ts';

interface MailProps {
  readonly mail: NonNullable<Answer<'readOutreach'>['mail']>;
  readonly tell: (command: { type: 'allow-mail'; wordingVersion: string; language: 'de' | 'en' } | { type: 'end-mail' }) => void;
  readonly disabled: boolean;
  readonly busy: boolean;
}

export function MailCard({ mail: { from, may, at, because }, tell, disabled, busy }: MailProps) {
  const t = useWords(words);
  const { day } = useFormats();
  const { title, text } = mailWording[MAIL_WORDING]?.[language.value] ?? { title: '', text: '' };
  const turn = () => tell(may ? { type: 'end-mail' } : { type: 'allow-mail', wordingVersion: MAIL_WORDING, language: language.value });
  const isRefused = because === 'bounced' || because === 'complained';
  return (
    <Card title={title}>
      <p class="small soft">
        {text} {t.mailFrom(from)} <a href={urls.data}>{t.mailNews}</a>
      </p>
      {may && at !== undefined && <p class="small">{t.mailSince(day(at))}</p>}
      {!may &&
        at !== undefined &&
        because !== undefined &&
        (isRefused ? <Notice tone="warn">{t.mailEnded[because](day(at))}</Notice> : <p class="small">{t.mailEnded[because](day(at))}</p>)}
      <div>
        <Button kind="quiet" busy={busy} disabled={disabled} onClick={turn}>
          {may ? t.mailOff : t.mailOn}
        </Button>
      </div>
    </Card>
  );
}
