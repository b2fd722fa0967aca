/** Yes and no stand side by side: one tap either way (GDPR Art. 7 (3)). */
import { useState } from 'preact/hooks';
import { consentWording } from '../../shared/household/consent-wording.ts';
import type { ConsentAnswer, Purpose } from '../../shared/household/purposes.ts';
import { send, useResource } from '../api/client.ts';
import type { Answer } from '../api/contract-types.ts';
import { asProblem, type ApiProblem } from '../api/problem.ts';
import { Button } from '../design/button.tsx';
import { Card, Notice } from '../design/card.tsx';
import { Loading, Trouble } from '../design/states.tsx';
import { useHousehold } from '../household.tsx';
import { useFormats } from '../words/formats.ts';
import { language } from '../words/language.ts';
import { useWords } from '../words/use-words.ts';
import { words } from './words.ts';

type View = Answer<'readConsents'>;
type PurposeView = View['purposes'][number];

const wordingOf = (version: string, purpose: Purpose) => consentWording[version]?.[language.value][purpose];

export function Consents() {
  const t = useWords(words);
  const { householdId } = useHousehold();
  const consents = useResource('readConsents', { params: { householdId } });
  const { data, problem } = consents;
  const [refused, setRefused] = useState<ApiProblem>();
  const [busy, setBusy] = useState<Purpose>();
  const answer = async ({ purpose, wordingVersion }: PurposeView, given: ConsentAnswer) => {
    setBusy(purpose);
    setRefused(undefined);
    const body = { purpose, wordingVersion, language: language.value };
    try {
      await send(given === 'given' ? 'giveConsent' : 'withdrawConsent', { params: { householdId }, body });
    } catch (error) {
      setRefused(asProblem(error));
    }
    await consents.reload();
    setBusy(undefined);
  };
  return (
    <Card title={t.consents} id="consents">
      <p class="soft">{t.consentsText}</p>
      {data === undefined && (problem === undefined ? <Loading /> : <Trouble problem={problem} retry={() => void consents.reload()} />)}
      {refused !== undefined && (refused.code === 'outdated-wording' ? <Notice tone="bad">{t.refused}</Notice> : <Trouble problem={refused} />)}
      {data?.purposes.map((one) => (
        <OnePurpose key={one.purpose} view={one} busy={busy === one.purpose} onAnswer={(given) => void answer(one, given)} />
      ))}
      {data !== undefined && <History view={data} />}
    </Card>
  );
}

interface OnePurposeProps {
  readonly view: PurposeView;
  readonly busy: boolean;
  readonly onAnswer: (answer: ConsentAnswer) => void;
}

function OnePurpose({ view, busy, onAnswer }: OnePurposeProps) {
  const t = useWords(words);
  const f = useFormats();
  const { purpose, wordingVersion, standing, since, scope, basis, actions, olderText = false } = view;
  const unanswered = basis === 'objection' ? t.stands : t.never;
  const wording = wordingOf(wordingVersion, purpose);
  const allowed = actions.every((action) => action.allowed);
  const options = [
    ['given', t.on],
    ['withdrawn', t.off],
  ] as const;
  return (
    <fieldset class="consent" disabled={busy || !allowed}>
      <legend class="field-label">{wording?.title ?? purpose}</legend>
      <p class="small soft">{wording?.text}</p>
      <div class="consent-answers">
        {options.map(([value, label]) => (
          <label key={value} class="choice">
            <input type="radio" name={`consent-${purpose}`} checked={standing === value} onChange={() => onAnswer(value)} />
            <span>{label}</span>
          </label>
        ))}
      </div>
      {olderText && (
        <div>
          <p class="small">{t.olderText}</p>
          <Button kind="quiet" busy={busy} onClick={() => onAnswer('given')}>
            {t.yesToNew}
          </Button>
        </div>
      )}
      <p class="small soft">
        {scope === 'household' ? t.forHousehold : t.forYou} · {since === undefined ? unanswered : t.since(f.dayAndTime(since))}
        {!allowed && ` · ${t.guests}`}
      </p>
    </fieldset>
  );
}

function History({ view }: { readonly view: View }) {
  const t = useWords(words);
  const f = useFormats();
  const { overview } = useHousehold();
  const nameOf = (memberId: string) => overview.members.find((member) => member.memberId === memberId)?.name ?? t.somebody;
  return (
    <details class="consent-history">
      <summary>
        {t.history} ({view.history.length})
      </summary>
      {view.history.length === 0 ? (
        <p class="small soft">{t.noHistory}</p>
      ) : (
        <ol class="small">
          {view.history.toReversed().map((entry) => (
            <li key={`${entry.at}${entry.purpose}`}>
              {t.entry(
                nameOf(entry.memberId),
                entry.answer === 'given' ? t.saidYes : t.saidNo,
                wordingOf(entry.wordingVersion, entry.purpose)?.title ?? entry.purpose,
              )}
              <span class="soft">
                {' '}
                · {f.dayAndTime(entry.at)} · {t.wording(entry.wordingVersion)}
              </span>
            </li>
          ))}
        </ol>
      )}
    </details>
  );
}
