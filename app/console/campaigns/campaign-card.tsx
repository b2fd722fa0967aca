/** One campaign: the picture first, the same as a table beside. */
import { send } from '../../api/client.ts';
import { now } from '../../api/clock.ts';
import { Button } from '../../design/button.tsx';
import { Card, Tag } from '../../design/card.tsx';
import { useFormats } from '../../words/formats.ts';
import { language } from '../../words/language.ts';
import { useWords } from '../../words/use-words.ts';
import { Bars } from '../bars.tsx';
import { DataTable } from '../data-table.tsx';
import { dayOf, lastDayOf, noonOf } from './campaign-shape.ts';
import { words } from './campaigns-words.ts';
import { CostForm } from './cost-form.tsx';
import { Effect } from './effect.tsx';
import { words as editor } from './editor-words.ts';
import { LeadsReached } from './leads-reached.tsx';
import { Pieces } from './pieces.tsx';
import { Steering } from './steering.tsx';
import type { View } from './view.ts';

interface CardProps {
  readonly view: View;
  readonly busy: boolean;
  readonly change: (what: () => Promise<unknown>) => void;
  readonly edit: () => void;
  readonly copy: () => void;
}

const tones = { running: 'good', off: 'plain', ahead: 'plain', over: 'plain', spent: 'warn' } as const;

function stateOf({ campaign, running, spentMinor }: View): keyof typeof tones {
  if (running) return 'running';
  if (!campaign.on) return 'off';
  if (spentMinor >= campaign.budget.amountMinor) return 'spent';
  return campaign.from > now() ? 'ahead' : 'over';
}

export function CampaignCard({ view, busy, change, edit, copy }: CardProps) {
  const t = useWords(words);
  const e = useWords(editor);
  const formats = useFormats();
  const { campaign, channels, spentMinor } = view;
  const state = stateOf(view);
  const money = (amountMinor: number | undefined): string =>
    amountMinor === undefined ? '–' : formats.money({ amountMinor: Math.round(amountMinor), currency: 'EUR' });
  const turn = () => change(() => send('putCampaign', { params: { campaign: campaign.campaign }, body: { ...campaign, on: !campaign.on } }));
  return (
    <Card title={campaign.name[language.value]}>
      <p>
        <Tag tone={tones[state]}>{t.states[state]}</Tag>{' '}
        <span class="small soft">{t.period(formats.day(noonOf(dayOf(campaign.from))), formats.day(noonOf(lastDayOf(campaign.until))))}</span>
      </p>
      <Bars
        bars={[
          {
            key: 'budget',
            label: t.budget,
            value: spentMinor,
            text: t.spent(money(spentMinor), money(campaign.budget.amountMinor)),
            tone: state === 'spent' ? 'bad' : 'plain',
          },
        ]}
        most={campaign.budget.amountMinor}
      />
      <h3>{t.reached}</h3>
      {channels.length === 0 && <p class="soft">{t.nobody}</p>}
      <Bars
        bars={channels.map(({ channel, reached, answered }) => ({
          key: channel,
          label: channel,
          value: reached,
          text: t.reachedText(reached, answered),
          tone: 'good' as const,
        }))}
      />
      <Steering view={view} busy={busy} change={change} />
      <Effect effect={view.effect} />
      {channels.length > 0 && (
        <DataTable
          isFolded
          caption={campaign.name[language.value]}
          fileName={`campaign-${campaign.campaign}`}
          columns={[t.channel, t.reachedCount, t.answered, t.cost, t.perReached, t.perAnswer]}
          rows={channels.map((one) => [one.channel, one.reached, one.answered, money(one.costMinor), money(one.perReached), money(one.perAnswer)])}
        />
      )}
      <LeadsReached view={view} />
      <Pieces campaign={campaign} />
      <CostForm campaign={campaign} busy={busy} change={change} />
      <div class="line-up">
        <Button kind="quiet" busy={busy} onClick={turn}>
          {campaign.on ? t.switchOff : t.switchOn}
        </Button>
        <Button kind="quiet" onClick={edit}>
          {e.edit}
        </Button>
        <Button kind="quiet" onClick={copy}>
          {e.copy}
        </Button>
      </div>
    </Card>
  );
}
