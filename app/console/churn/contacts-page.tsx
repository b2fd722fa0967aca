/** How many people will get in touch: the days that were, the days to come with the band in which they are expected, and what brings them about. */
import { useResource } from '../../api/client.ts';
import type { Answer } from '../../api/contract-types.ts';
import { Card, Empty } from '../../design/card.tsx';
import { Page } from '../../design/page.tsx';
import { Loading } from '../../design/states.tsx';
import { useFormats } from '../../words/formats.ts';
import { useWords } from '../../words/use-words.ts';
import { Bars } from '../bars.tsx';
import { ConsoleTrouble } from '../console-trouble.tsx';
import { DataTable } from '../data-table.tsx';
import { words as mapWords } from '../map-words.ts';
import { words } from './churn-words.ts';
import { ContactsLine } from './contacts-line.tsx';

type Contacts = Answer<'readContacts'>;
const WEEK = 7;

export default function ContactsPage() {
  const t = useWords(words);
  const { data, problem, reload } = useResource('readContacts', {});
  const isEmpty = data?.past.every(({ contacts }) => contacts === 0) === true;
  return (
    <Page title={t.contacts} lead={t.contactsLead}>
      {data === undefined && (problem === undefined ? <Loading /> : <ConsoleTrouble problem={problem} retry={() => void reload()} />)}
      {data !== undefined && (isEmpty ? <Empty title={t.noContacts} /> : <Figures contacts={data} />)}
    </Page>
  );
}

const sumOf = (days: Contacts['ahead'], of: (day: Contacts['ahead'][number]) => number): number => days.slice(0, WEEK).reduce((sum, day) => sum + of(day), 0);

/** Days are independent of each other: their spreads add up as squares do. */
function weekOf(days: Contacts['ahead']): { low: number; high: number } {
  const mean = sumOf(days, (day) => day.mean);
  const below = Math.sqrt(sumOf(days, ({ mean: of, low }) => (of - low) ** 2));
  const above = Math.sqrt(sumOf(days, ({ mean: of, high }) => (high - of) ** 2));
  return { low: Math.max(0, Math.round(mean - below)), high: Math.round(mean + above) };
}

function Figures({ contacts: { past, ahead, channels } }: { readonly contacts: Contacts }) {
  const t = useWords(words);
  const m = useWords(mapWords);
  const formats = useFormats();
  const week = weekOf(ahead);
  const because = (day: Contacts['ahead'][number]): string =>
    day.because.map(({ driver, contacts }) => t.becauseText(t.drivers[driver], formats.number(contacts))).join('; ');
  return (
    <div class="console-figures">
      <Card title={t.picture}>
        <p class="small soft">{t.pictureLead(formats.number(week.low), formats.number(week.high))}</p>
        <ContactsLine past={past} ahead={ahead} label={t.pictureLabel(past.length, ahead.length)} />
        <DataTable
          {...{ caption: t.picture, fileName: 'contacts', isFolded: true, columns: [t.day, t.mean, t.low, t.high, t.because] }}
          rows={[
            ...past.slice(-WEEK).map(({ day, contacts }): (string | number)[] => [day, contacts, '', '', t.past]),
            ...ahead.map((day): (string | number)[] => [day.day, formats.number(day.mean), day.low, day.high, because(day) === '' ? t.ahead : because(day)]),
          ]}
        />
      </Card>
      <Card title={t.byChannel}>
        <Bars
          bars={channels.map(({ channel, ahead: own }) => {
            const { low, high } = weekOf(own);
            const mean = sumOf(own, (day) => day.mean);
            return { key: channel, label: m.channels[channel], value: mean, text: `${formats.number(Math.round(mean))} (${low}–${high})` };
          })}
        />
      </Card>
    </div>
  );
}
