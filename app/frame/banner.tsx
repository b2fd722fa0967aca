import type { Instant } from '../../shared/values.ts';
import { Button } from '../design/button.tsx';
import { isOffline } from '../offline/connection.ts';
import { session, signIn } from '../session/session.ts';
import { useFormats } from '../words/formats.ts';
import { useWords } from '../words/use-words.ts';
import { words } from './words.ts';

/** @param asOf when the copy was made that is shown, by the household's clock */
export function Banner({ asOf }: { readonly asOf?: Instant | undefined }) {
  const t = useWords(words);
  const formats = useFormats();
  const isAway = session.value.kind === 'away';
  return (
    <div class="banner" role="status">
      {isOffline.value && (asOf === undefined ? t.offline : t.offlineSince(formats.dayAndTime(asOf)))}
      {!isOffline.value && isAway && (
        <div class="line-up">
          {t.signInBack} <Button onClick={() => void signIn()}>{t.signIn}</Button>
        </div>
      )}
    </div>
  );
}
