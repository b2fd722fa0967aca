/** Campaigns: each with its money and time, whom it reached where, what an answer cost, and where the same money would do more. */
import '../fields/fields.css';
import { useState } from 'preact/hooks';
import { send, useResource } from '../../api/client.ts';
import type { Answer } from '../../api/contract-types.ts';
import { useSending } from '../../api/use-sending.ts';
import { Button } from '../../design/button.tsx';
import { Card, Notice } from '../../design/card.tsx';
import { Page } from '../../design/page.tsx';
import { Loading } from '../../design/states.tsx';
import { language } from '../../words/language.ts';
import { useWords } from '../../words/use-words.ts';
import { ConsoleTrouble } from '../console-trouble.tsx';
import { CampaignCard } from './campaign-card.tsx';
import { CampaignEditor } from './campaign-editor.tsx';
import { blankCampaign, copyOf, fresh, type Draft } from './campaign-shape.ts';
import { words } from './campaigns-words.ts';
import { words as editor } from './editor-words.ts';
import { OrderCosts } from './order-costs.tsx';
import type { View } from './view.ts';

type Example = Answer<'listCampaigns'>['examples'][number];

interface Edited {
  readonly begin: Draft;
  readonly kept?: View;
}
const COPY = { de: editor.de.copySuffix, en: editor.en.copySuffix };

export default function CampaignsPage() {
  const t = useWords(words);
  const e = useWords(editor);
  const { data, problem, reload } = useResource('listCampaigns', {});
  const sending = useSending();
  const change = (what: () => Promise<unknown>) =>
    sending.run(async () => {
      await what();
      await reload();
    });
  const [edited, setEdited] = useState<Edited>();
  const [isSaved, setSaved] = useState(false);
  const open = (next: Edited) => {
    setSaved(false);
    setEdited(next);
    window.scrollTo({ top: 0 });
  };
  const unused = data?.examples.filter(({ campaign }) => !data.campaigns.some((one) => one.campaign.campaign === campaign)) ?? [];
  return (
    <Page title={t.campaigns} lead={t.campaignsLead}>
      {data === undefined && (problem === undefined ? <Loading /> : <ConsoleTrouble problem={problem} retry={() => void reload()} />)}
      {sending.problem !== undefined && <ConsoleTrouble problem={sending.problem} />}
      {isSaved && <Notice tone="good">{e.saved}</Notice>}
      {data !== undefined && edited !== undefined && (
        <CampaignEditor
          key={edited.begin.campaign}
          begin={edited.begin}
          kept={edited.kept}
          taken={data.campaigns.map(({ campaign }) => campaign.campaign)}
          saved={() => {
            setSaved(true);
            setEdited(undefined);
            void reload();
          }}
          close={() => setEdited(undefined)}
        />
      )}
      {edited === undefined && (
        <>
          {data !== undefined && (
            <div>
              <Button onClick={() => open({ begin: blankCampaign() })}>{e.fresh}</Button>
            </div>
          )}
          {data?.campaigns.length === 0 && <p class="soft">{t.none}</p>}
          <div class="console-figures">
            {data?.campaigns.map((view) => (
              <CampaignCard
                key={view.campaign.campaign}
                view={view}
                busy={sending.busy}
                change={(what) => void change(what)}
                edit={() => open({ begin: view.campaign, kept: view })}
                copy={() => open({ begin: copyOf(view.campaign, COPY) })}
              />
            ))}
          </div>
          <OrderCosts key={data?.campaigns.reduce((sum, one) => sum + one.spentMinor, 0)} changed={reload} />
          <Examples examples={unused} busy={sending.busy} begin={(example) => void change(() => begin(example))} />
        </>
      )}
    </Page>
  );
}

interface ExamplesProps {
  readonly examples: readonly Example[];
  readonly busy: boolean;
  readonly begin: (example: Example) => void;
}

function Examples({ examples, busy, begin: make }: ExamplesProps) {
  const t = useWords(words);
  if (examples.length === 0) return null;
  return (
    <Card title={t.examples}>
      <p class="small soft">{t.examplesLead}</p>
      <ul class="console-list">
        {examples.map((example) => (
          <li key={example.campaign}>
            <div class="line-up">
              <span>
                <strong>{example.name[language.value]}</strong> {example.pieces[0]?.title[language.value]}
              </span>
              <Button kind="quiet" busy={busy} onClick={() => make(example)}>
                {t.begin}
              </Button>
            </div>
          </li>
        ))}
      </ul>
    </Card>
  );
}

const begin = (example: Example) => send('putCampaign', { params: { campaign: example.campaign }, body: { ...example, ...fresh() } });
