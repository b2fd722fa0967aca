import { Page } from '../design/page.tsx';

export default function MorePage() {
  return <Page title="More" />;
}
