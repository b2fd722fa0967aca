import './data.css';
import { Card } from '../design/card.tsx';
import { Page } from '../design/page.tsx';
import { Row, Rows } from '../design/rows.tsx';
import { urls } from '../urls.ts';
import { useWords } from '../words/use-words.ts';
import { Consents } from './consents.tsx';
import { OutlookCard } from './outlook-card.tsx';
import { Looks } from './looks.tsx';
import { Erase } from './erase.tsx';
import { TakeHome } from './take-home.tsx';
import { words } from './words.ts';

export default function DataPage() {
  const t = useWords(words);
  return (
    <Page title={t.title} back={urls.more} lead={t.lead}>
      <Consents />
      <Card title={t.held}>
        <Rows>
          {t.holdings.map(([what, why]) => (
            <Row key={what} label={what}>
              {why}
            </Row>
          ))}
        </Rows>
        <p class="small soft">{t.notHeld}</p>
      </Card>
      <OutlookCard />
      <Looks />
      <TakeHome />
      <Erase />
    </Page>
  );
}
