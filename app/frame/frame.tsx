/** What stands around every page of a household, once it is known which household. */
import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import type { Instant } from '../../shared/values.ts';
import { useResource } from '../api/client.ts';
import type { Answer } from '../api/contract-types.ts';
import { Button } from '../design/button.tsx';
import { Page } from '../design/page.tsx';
import { Loading, Trouble } from '../design/states.tsx';
import { HouseholdProvider, type Overview } from '../household.tsx';
import { goLive } from '../live/live.ts';
import { Toasts } from '../live/toasts.tsx';
import { Waiting } from '../offline/waiting.tsx';
import { speakLike } from '../words/language.ts';
import { useWords } from '../words/use-words.ts';
import { urls } from '../urls.ts';
import { chooseHousehold, chosenHousehold } from './chosen.ts';
import { Banner } from './banner.tsx';
import { Navigation } from './navigation.tsx';
import { NoHousehold } from './no-household.tsx';
import { words } from './words.ts';

interface FrameProps {
  readonly memberId: string;
  readonly children?: ComponentChildren;
}

type Mine = Answer<'readMe'>['households'][number];

export function Frame({ memberId, children }: FrameProps) {
  const me = useResource('readMe', {});
  const remembered = chosenHousehold(memberId);
  const mine = me.data?.households;
  const [only] = mine?.length === 1 ? mine : [];
  // Whoever was here before need not wait for both answers one after the other.
  const householdId = mine === undefined ? remembered : (mine.find((one) => one.householdId === remembered) ?? only)?.householdId;
  useEffect(() => {
    if (mine !== undefined && householdId !== undefined && householdId !== remembered) chooseHousehold(memberId, householdId);
  }, [mine, householdId, remembered, memberId]);

  if (householdId !== undefined) return <InHousehold {...{ memberId, householdId }}>{children}</InHousehold>;
  if (mine === undefined) return me.problem === undefined ? <Skeleton /> : <Alone problem={me.problem} retry={() => void me.reload()} />;
  const enter = async (begun: string) => {
    chooseHousehold(memberId, begun);
    await me.reload();
  };
  return mine.length === 0 ? <NoHousehold onBegun={enter} /> : <Chooser {...{ memberId, mine }} />;
}

const Skeleton = () => (
  <main class="page">
    <Loading />
  </main>
);

function Alone({ problem, retry }: Parameters<typeof Trouble>[0]) {
  return (
    <main class="page">
      <Trouble problem={problem} retry={retry} />
    </main>
  );
}

function Chooser({ memberId, mine }: { readonly memberId: string; readonly mine: readonly Mine[] }) {
  const t = useWords(words);
  return (
    <main>
      <Page title={t.chooseTitle}>
        <ul class="stack-tight households">
          {mine.map(({ householdId, name }) => (
            <li key={householdId}>
              <Button kind="quiet" onClick={() => chooseHousehold(memberId, householdId)}>
                {name}
              </Button>
            </li>
          ))}
        </ul>
      </Page>
    </main>
  );
}

interface InHouseholdProps extends FrameProps {
  readonly householdId: string;
}

function InHousehold({ memberId, householdId, children }: InHouseholdProps) {
  // Asked for together: the first page needs both.
  useResource('listOrders', { params: { householdId } });
  const { data: overview, problem, asOf, reload } = useResource('readHousehold', { params: { householdId } });
  useEffect(() => {
    if (overview !== undefined) speakLike(overview.household);
  }, [overview]);
  const member = overview?.members.find((one) => one.memberId === memberId);
  useEffect(() => {
    // Somebody was removed a moment ago: what is remembered of this household leads nowhere.
    if (problem?.status === 404) chooseHousehold(memberId, undefined);
  }, [problem, memberId]);
  if (overview === undefined || member === undefined) return problem === undefined ? <Skeleton /> : <Alone problem={problem} retry={() => void reload()} />;
  const here = { householdId: overview.household.householdId, member, overview, mayAct: member.role !== 'guest', reload };
  return (
    <HouseholdProvider here={here}>
      <Around {...{ memberId, overview, asOf }}>{children}</Around>
    </HouseholdProvider>
  );
}

interface AroundProps {
  readonly memberId: string;
  readonly overview: Overview;
  readonly asOf?: Instant | undefined;
  readonly children?: ComponentChildren;
}

/** Long enough for the first picture to be drawn. */
const LIVE_AFTER_MILLIS = 600;

function Around({ memberId, overview, asOf, children }: AroundProps) {
  const t = useWords(words);
  const { householdId } = overview.household;
  useEffect(() => {
    let stop: (() => void) | undefined;
    const timer = setTimeout(() => (stop = goLive(memberId, householdId)), LIVE_AFTER_MILLIS);
    return () => {
      clearTimeout(timer);
      stop?.();
    };
  }, [memberId, householdId]);
  const { data } = useResource('listOrders', { params: { householdId } });
  return (
    <div class="frame">
      <a class="skip" href="#content">
        {t.skip}
      </a>
      <div class="side">
        <div class="brand">
          Nachschub
          <small>{overview.household.name}</small>
        </div>
        <Navigation waiting={data?.orders.filter(({ order }) => order.status === 'awaiting-approval').length ?? 0} />
      </div>
      <main id="content" tabIndex={-1}>
        <Banner asOf={asOf} />
        <Waiting />
        {children}
        <footer class="frame-foot no-print">
          <a href={urls.withdraw}>{t.withdraw}</a>
        </footer>
      </main>
      <Toasts />
    </div>
  );
}
