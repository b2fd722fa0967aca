import { useNow } from '../api/clock.ts';
import { useResource } from '../api/client.ts';
import { Button } from '../design/button.tsx';
import { Card, Empty, Tag } from '../design/card.tsx';
import { Page } from '../design/page.tsx';
import { Row, Rows } from '../design/rows.tsx';
import type { Tone } from '../design/tone.ts';
import { useHousehold } from '../household.tsx';
import { urls } from '../urls.ts';
import { language } from '../words/language.ts';
import { useWords } from '../words/use-words.ts';
import { ADD_DEVICE } from './add-device-form.ts';
import { heardIn, kindAndRoom, type DeviceView } from './view.ts';
import { words } from './words.ts';

const TONES: Record<DeviceView['availability'], Tone> = { available: 'good', unavailable: 'warn', 'never-seen': 'plain' };

export default function DevicesPage() {
  const t = useWords(words);
  const { householdId, overview, mayAct } = useHousehold();
  const { data } = useResource('listDrafts', { params: { householdId } });
  const isBegun = data?.drafts.some(({ draftId }) => draftId === ADD_DEVICE) ?? false;
  const at = { now: useNow(), reader: language.value };
  const add = (
    <div>
      <Button href={urls.addDevice} disabled={!mayAct} why={t.guest}>
        {t.add}
      </Button>
    </div>
  );
  return (
    <Page title={t.devices} back={urls.more} lead={t.devicesLead}>
      {isBegun && (
        <Card tone="accent">
          <p>{t.unfinished}</p>
          <div>
            <Button href={urls.addDevice}>{t.goOn}</Button>
          </div>
        </Card>
      )}
      {overview.devices.length === 0 ? (
        <Empty title={t.noneTitle}>
          <p>{t.noneText}</p>
          {add}
        </Empty>
      ) : (
        <>
          <Rows>
            {overview.devices.map((device) => (
              <Row key={device.thing} label={device.name} href={urls.device(device.thing)}>
                <div>{kindAndRoom(device, t)}</div>
                <div class="line-up">
                  <Tag tone={TONES[device.availability]}>{t.availability[device.availability]}</Tag>
                  {heardIn(device, t, at)}
                </div>
              </Row>
            ))}
          </Rows>
          {!isBegun && add}
        </>
      )}
    </Page>
  );
}
