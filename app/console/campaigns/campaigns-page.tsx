/** Campaigns: each with its money and time, whom it reached where, what an answer cost, and where the same money would do more. */
import { send, useResource } from '../../api/client.ts';
import { now } from '../../api/clock.ts';
import type { Answer } from '../../api/contract-types.ts';
import { useSending } from '../../api/use-sending.ts';
import { Button } from '../../design/button.tsx';
import { Card } from '../../design/card.tsx';
import { Page } from '../../design/page.tsx';
import { Loading } from '../../design/states.tsx';
import { language } from '../../words/language.ts';
import { useWords } from '../../words/use-words.ts';
import { ConsoleTrouble } from '../console-trouble.tsx';
import { CampaignCard } from './campaign-card.tsx';
import { words } from './campaigns-words.ts';
import { OrderCosts } from './order-costs.tsx';

type Example = Answer<'listCampaigns'>['examples'][number];

const FOUR_WEEKS_MILLIS = 28 * 86_400_000;

export default function CampaignsPage() {
  const t = useWords(words);
  const { data, problem, reload } = useResource('listCampaigns', {});
  const sending = useSending();
  const change = (what: () => Promise<unknown>) =>
    sending.run(async () => {
      await what();
      await reload();
    });
  const fresh = data?.examples.filter(({ campaign }) => !data.campaigns.some((one) => one.campaign.campaign === campaign)) ?? [];
  return (
    <Page title={t.campaigns} lead={t.campaignsLead}>
      {data === undefined && (problem === undefined ? <Loading /> : <ConsoleTrouble problem={problem} retry={() => void reload()} />)}
      {sending.problem !== undefined && <ConsoleTrouble problem={sending.problem} />}
      {data?.campaigns.length === 0 && <p class="soft">{t.none}</p>}
      <div class="console-figures">
        {data?.campaigns.map((view) => (
          <CampaignCard key={view.campaign.campaign} view={view} busy={sending.busy} change={(what) => void change(what)} />
        ))}
      </div>
      <OrderCosts key={data?.campaigns.reduce((sum, one) => sum + one.spentMinor, 0)} changed={reload} />
      {fresh.length > 0 && (
        <Card title={t.examples}>
          <p class="small soft">{t.examplesLead}</p>
          <ul class="console-list">
            {fresh.map((example) => (
              <li key={example.campaign} class="console-pair">
                <span>
                  <strong>{example.name[language.value]}</strong> {example.pieces[0]?.title[language.value]}
                </span>
                <Button kind="quiet" busy={sending.busy} onClick={() => void change(() => begin(example))}>
                  {t.begin}
                </Button>
              </li>
            ))}
          </ul>
        </Card>
      )}
    </Page>
  );
}

/** Off, so that somebody looks at it first. */
function begin(example: Example) {
  // The clock here and the one that judges are never quite alike: begun a minute ago is begun for both.
  const from = new Date(Date.parse(now()) - 60_000).toISOString();
  const body = { ...example, on: false, from, until: new Date(Date.parse(from) + FOUR_WEEKS_MILLIS).toISOString() };
  return send('putCampaign', { params: { campaign: example.campaign }, body });
}
