/** Recommending us: the household's own code to share, and the code of whoever has brought it. */
import { useState } from 'preact/hooks';
import { send, useResource } from '../api/client.ts';
import type { Answer } from '../api/contract-types.ts';
import type { ApiProblem } from '../api/problem.ts';
import { useSending } from '../api/use-sending.ts';
import { Button } from '../design/button.tsx';
import { Card, Notice } from '../design/card.tsx';
import { TextField } from '../design/field.tsx';
import { Page } from '../design/page.tsx';
import { Loading, Trouble } from '../design/states.tsx';
import { useHousehold } from '../household.tsx';
import { urls } from '../urls.ts';
import { useFormats } from '../words/formats.ts';
import { useWords } from '../words/use-words.ts';
import { words } from './words.ts';

type Referral = Answer<'readReferral'>;

export default function RecommendPage() {
  const t = useWords(words);
  const { householdId, mayAct } = useHousehold();
  const { data, problem, reload } = useResource('readReferral', { params: { householdId } });
  return (
    <Page title={t.title} back={urls.more} lead={t.lead}>
      {data === undefined && (problem === undefined ? <Loading /> : <Trouble problem={problem} retry={() => void reload()} />)}
      {data !== undefined && <Own referral={data} reload={reload} />}
      {data?.hasEntered === true && <Notice tone="good">{t.entered}</Notice>}
      {data?.hasEntered === false && mayAct && <Enter reload={reload} />}
      {!mayAct && <p class="soft">{t.onlyAdults}</p>}
    </Page>
  );
}

interface OfReferral {
  readonly reload: () => Promise<void>;
}

function Own({ referral: { code, brought, freeUntil }, reload }: OfReferral & { readonly referral: Referral }) {
  const t = useWords(words);
  const formats = useFormats();
  const { householdId, mayAct } = useHousehold();
  const { busy, problem, run } = useSending(reload);
  const [copied, setCopied] = useState(false);
  const make = () => void run(() => send('shareReferral', { params: { householdId } }));
  const share = async (text: string) => {
    if ('share' in navigator) await navigator.share({ text });
    else await (navigator as Navigator).clipboard.writeText(text);
    setCopied(!('share' in navigator));
  };
  return (
    <Card title={t.yours}>
      {code !== undefined && (
        <p>
          <strong>{code}</strong>
        </p>
      )}
      {mayAct && (
        <div>
          {code === undefined ? (
            <Button busy={busy} onClick={make}>
              {t.make}
            </Button>
          ) : (
            // Whoever closes the sheet has changed their mind, and that is all.
            <Button onClick={() => void share(`${t.message(code)} ${location.origin}${urls.recommend}?code=${code}`).catch(() => undefined)}>
              {copied ? t.copied : t.share}
            </Button>
          )}
        </div>
      )}
      {brought > 0 && <p>{t.brought(brought)}</p>}
      {freeUntil !== undefined && <p>{t.freeUntil(formats.day(freeUntil))}</p>}
      {problem !== undefined && <Trouble problem={problem} />}
    </Card>
  );
}

function Enter({ reload }: OfReferral) {
  const t = useWords(words);
  const { householdId } = useHousehold();
  const { busy, problem, run } = useSending(reload);
  // Whoever was sent the link need not type it.
  const [code, setCode] = useState(() => new URLSearchParams(location.search).get('code')?.slice(0, 12) ?? '');
  return (
    <Card title={t.haveOne}>
      <form
        class="stack-tight"
        onSubmit={(event) => {
          event.preventDefault();
          void run(() => send('enterReferral', { params: { householdId }, body: { code } }));
        }}
      >
        <TextField label={t.code} hint={t.codeHint} value={code} onChange={setCode} maxLength={12} />
        <div>
          <Button type="submit" busy={busy} disabled={code.replace(/[\s-]/g, '').length !== 8}>
            {t.enter}
          </Button>
        </div>
      </form>
      {problem !== undefined && <Refused problem={problem} />}
    </Card>
  );
}

function Refused({ problem }: { readonly problem: ApiProblem }) {
  const said = useWords(words).refused[problem.code];
  return said === undefined ? <Trouble problem={problem} /> : <Notice tone="bad">{said}</Notice>;
}
