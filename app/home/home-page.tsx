import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { useNow } from '../api/clock.ts';
import { useResource } from '../api/client.ts';
import { Button } from '../design/button.tsx';
import { begun } from '../begin/begun.ts';
import { Card, Empty, Notice } from '../design/card.tsx';
import { Page } from '../design/page.tsx';
import { Loading, Trouble } from '../design/states.tsx';
import { useHousehold } from '../household.tsx';
import { SurveyLater } from '../surveys/survey-later.tsx';
import { urls } from '../urls.ts';
import { timeZone } from '../words/language.ts';
import { useWords } from '../words/use-words.ts';
import { ComingNext, NeedsYou, ThisMonth } from './home-cards.tsx';
import './home.css';
import { mattersOf } from './what-matters.ts';
import { words } from './words.ts';

export default function HomePage() {
  const t = useWords(words);
  const { householdId, overview, member } = useHousehold();
  const { data, problem, reload } = useResource('listOrders', { params: { householdId } });
  const now = useNow();
  const zone = timeZone.value;
  const hour = Number(new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', hourCycle: 'h23' }).format(Date.parse(now)));
  const greeting = hour < 11 ? t.morning : hour < 18 ? t.day : t.evening;
  const matters = data && mattersOf(overview.supplies, data.orders, now, zone);
  return (
    <Page title={greeting(member.name)} lead={overview.household.name === member.name ? undefined : overview.household.name}>
      {matters === undefined && problem === undefined && <Loading />}
      {matters === undefined && problem !== undefined && <Trouble problem={problem} retry={() => void reload()} />}
      {matters !== undefined && overview.supplies.length === 0 && <Beginning />}
      {matters !== undefined && overview.supplies.length > 0 && (
        <>
          <NeedsYou {...{ matters, now, zone }} />
          <div class="columns">
            <ComingNext {...{ matters, now, zone }} />
            <div class="stack">
              <SurveyLater />
              <ThisMonth month={matters.month} />
              <StopAllLater />
            </div>
          </div>
        </>
      )}
    </Page>
  );
}

/** One tap from home; it comes after the first picture, because whoever needs it scrolls to the end or has just come from the message about it. */
function StopAllLater() {
  const [StopAll, setStopAll] = useState<ComponentType>();
  useEffect(() => {
    import('../mandates/stop-all.tsx').then(
      (loaded) => setStopAll(() => loaded.StopAll),
      // Without a network nothing could be stopped either.
      () => undefined,
    );
  }, []);
  return StopAll === undefined ? null : <StopAll />;
}

function Beginning() {
  const t = useWords(words);
  const { householdId, member, mayAct, overview } = useHousehold();
  const said = begun.value?.householdId === householdId ? begun.value : undefined;
  return (
    <Card>
      {said !== undefined && <Notice tone={said.tone}>{said.text}</Notice>}
      <Empty title={t.emptyTitle}>
        <p>{t.emptyText}</p>
        {mayAct && (
          <div class="line-up">
            <Button href={urls.addDevice}>{t.addDevice}</Button>
            <Button kind="quiet" href={urls.supplies}>
              {t.addSupply}
            </Button>
            {member.role === 'owner' && (
              <Button kind="quiet" href={urls.members}>
                {t.invite}
              </Button>
            )}
          </div>
        )}
      </Empty>
      {overview.household.shops.length === 0 && <Notice tone="warn">{t.noShop}</Notice>}
    </Card>
  );
}
