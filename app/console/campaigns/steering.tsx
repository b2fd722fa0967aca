/** A dear channel and a better one: the proposal, and what came of it for the households that went along. */
import { send } from '../../api/client.ts';
import { Button } from '../../design/button.tsx';
import { Notice } from '../../design/card.tsx';
import { useFormats } from '../../words/formats.ts';
import { useWords } from '../../words/use-words.ts';
import { words as mapWords } from '../map-words.ts';
import { IntervalRows } from '../trials/interval-rows.tsx';
import { words as campaignWords } from './campaigns-words.ts';
import { words } from './costs-words.ts';
import type { View } from './view.ts';

interface SteeringProps {
  readonly view: View;
  readonly busy: boolean;
  readonly change: (what: () => Promise<unknown>) => void;
}

export function Steering({ view: { campaign, proposal, migration }, busy, change }: SteeringProps) {
  const t = useWords(words);
  const c = useWords(campaignWords);
  const formats = useFormats();
  const names: Readonly<Record<string, string>> = useWords(mapWords).channels;
  const nameOf = (channel: string): string => names[channel] ?? channel;
  const money = (amountMinor: number): string => formats.money({ amountMinor: Math.round(amountMinor), currency: 'EUR' });
  const isUnderWay = proposal !== undefined && migration?.from === proposal.from && migration.to === proposal.to;
  return (
    <>
      {proposal !== undefined && !isUnderWay && (
        <Notice tone="warn">
          <p>
            {c.steering(
              ...([nameOf(proposal.from), nameOf(proposal.to), formats.percent(proposal.shareOfBudget)] as const),
              ...([money(proposal.dear), money(proposal.better), proposal.moreAnswers] as const),
            )}
          </p>
          <Button
            kind="quiet"
            busy={busy}
            onClick={() => change(() => send('steerCampaign', { params: { campaign: campaign.campaign }, body: { from: proposal.from, to: proposal.to } }))}
          >
            {t.shift(nameOf(proposal.from), nameOf(proposal.to))}
          </Button>
        </Notice>
      )}
      {migration !== undefined && <Followed migration={migration} nameOf={nameOf} money={money} />}
    </>
  );
}

interface FollowedProps {
  readonly migration: NonNullable<View['migration']>;
  readonly nameOf: (channel: string) => string;
  readonly money: (amountMinor: number) => string;
}
function Followed({ migration, nameOf, money }: FollowedProps) {
  const t = useWords(words);
  const formats = useFormats();
  const { from, to, at, moved, stayed, verdict, missing, perAnswerBefore, perAnswerAfter } = migration;
  const points = (value: number): string => formats.number(Math.round(value * 1_000) / 10);
  const paid = (minor: number | undefined): string => (minor === undefined ? t.unknown : money(minor));
  return (
    <>
      <h3>{t.steered(nameOf(from), nameOf(to), formats.day(at))}</h3>
      <p>
        {t.moved(moved.households, nameOf(from), nameOf(to))} {t.verdicts[verdict](missing)}
      </p>
      {moved.change !== undefined && (
        <>
          <p class="small">{t.ordered(moved.before, moved.after, moved.households)}</p>
          <IntervalRows
            rows={[
              { key: 'moved', label: '', ...moved.change, text: t.change(points(moved.change.value), points(moved.change.low), points(moved.change.high)) },
            ]}
            least={-0.2}
            most={0.2}
          />
        </>
      )}
      {stayed.households > 0 && <p class="small soft">{t.stayed(stayed.households, stayed.before, stayed.after)}</p>}
      <p class="small soft">{t.paid(paid(perAnswerBefore), paid(perAnswerAfter))}</p>
    </>
  );
}
