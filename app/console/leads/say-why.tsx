/** Asked before anything of anybody is shown; what was said holds for whoever is opened from the list. */
import { useWords } from '../../words/use-words.ts';
import { ReasonFirst } from '../reason-first.tsx';
import { leadReason } from './lead-reason.ts';
import { words } from './leads-words.ts';

/** As many characters as the API takes. */
const MOST = 100;

export function SayWhy({ busy = false, show }: { readonly busy?: boolean; readonly show: () => void }) {
  const { why, whyHint: hint, show: button } = useWords(words);
  const change = (text: string) => (leadReason.value = text);
  return <ReasonFirst {...{ says: { why, hint, show: button }, busy, maxLength: MOST, reason: leadReason.value, change, show }} />;
}
