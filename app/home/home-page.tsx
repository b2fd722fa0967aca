import { Card } from '../design/card.tsx';
import { Page } from '../design/page.tsx';
import { useHousehold } from '../household.tsx';

export default function HomePage() {
  const { overview } = useHousehold();
  return (
    <Page title={overview.household.name}>
      <Card />
    </Page>
  );
}
