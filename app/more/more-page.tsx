import { useState } from 'preact/hooks';
import { useResource } from '../api/client.ts';
import { Button } from '../design/button.tsx';
import { Card } from '../design/card.tsx';
import { Choice } from '../design/choice.tsx';
import { Page } from '../design/page.tsx';
import { Row, Rows } from '../design/rows.tsx';
import { chooseHousehold } from '../frame/chosen.ts';
import { useHousehold } from '../household.tsx';
import { isOnItsWay } from '../offline/entries.ts';
import { pending } from '../offline/queue.ts';
import { session, signOut } from '../session/session.ts';
import { urls } from '../urls.ts';
import { chooseLanguage, language } from '../words/language.ts';
import { useWords } from '../words/use-words.ts';
import { words } from './words.ts';

export default function MorePage() {
  const t = useWords(words);
  return (
    <Page title={t.title}>
      <div class="columns">
        <div class="stack">
          <Card title={t.household}>
            <Rows>
              <Row href={urls.mandates} label={t.mandates}>
                {t.mandatesText}
              </Row>
              <Row href={urls.preferences} label={t.preferences}>
                {t.preferencesText}
              </Row>
              <Row href={urls.statement()} label={t.statement}>
                {t.statementText}
              </Row>
              <Row href={urls.devices} label={t.devices}>
                {t.devicesText}
              </Row>
              <Row href={urls.recommend} label={t.recommend}>
                {t.recommendText}
              </Row>
              <Row href={urls.members} label={t.members}>
                {t.membersText}
              </Row>
            </Rows>
          </Card>
          <Card title={t.rights}>
            <Rows>
              <Row href={urls.withdraw} label={t.withdraw}>
                {t.withdrawText}
              </Row>
              <Row href={urls.outreach} label={t.outreach}>
                {t.outreachText}
              </Row>
              <Row href={urls.data} label={t.data}>
                {t.dataText}
              </Row>
            </Rows>
          </Card>
        </div>
        <ThisDevice />
      </div>
    </Page>
  );
}

function ThisDevice() {
  const t = useWords(words);
  const { member } = useHousehold();
  const me = useResource('readMe', {});
  const [busy, setBusy] = useState(false);
  const now = session.value;
  const email = 'email' in now ? now.email : undefined;
  const leave = async () => {
    setBusy(true);
    await signOut();
  };
  return (
    <Card title={t.thisDevice}>
      <Choice
        label={t.language}
        value={language.value}
        options={[
          { value: 'de', label: 'Deutsch' },
          { value: 'en', label: 'English' },
        ]}
        onChange={chooseLanguage}
      />
      {(me.data?.households.length ?? 0) > 1 && (
        <div>
          <Button kind="quiet" onClick={() => chooseHousehold(member.memberId, undefined)}>
            {t.otherHousehold}
          </Button>
        </div>
      )}
      {email !== undefined && <p class="soft">{t.signedInAs(email)}</p>}
      <div class="stack-tight">
        <div>
          <Button kind="quiet" busy={busy} onClick={() => void leave()}>
            {t.signOut}
          </Button>
        </div>
        <p class="small soft">
          {t.signOutText} {pending.value.some(isOnItsWay) && t.signOutWaiting}
        </p>
      </div>
    </Card>
  );
}
