import { useState } from 'preact/hooks';
import { CODE_LENGTH, readPairingCode } from '../../shared/device/pairing-code.ts';
import { send } from '../api/client.ts';
import { asProblem, type ApiProblem } from '../api/problem.ts';
import { Button } from '../design/button.tsx';
import { TextField } from '../design/field.tsx';
import { Trouble } from '../design/states.tsx';
import { useHousehold } from '../household.tsx';
import { useWords } from '../words/use-words.ts';
import type { DeviceView } from './view.ts';
import { words, type Words } from './words.ts';

/** Longer than any way to write it. */
const TYPED_MAX = CODE_LENGTH * 2;

export function CodeStep({ onPaired }: { readonly onPaired: (device: DeviceView) => void }) {
  const t = useWords(words);
  const { householdId, reload } = useHousehold();
  const [code, setCode] = useState('');
  const [problem, setProblem] = useState<ApiProblem>();
  const [isShort, setShort] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const told = isShort ? t.codeShort : problem && toldOf(problem, t);

  const pair = async () => {
    setProblem(undefined);
    setShort(readPairingCode(code) === undefined);
    if (readPairingCode(code) === undefined) return;
    setBusy(true);
    try {
      const device = await send('pairDevice', { params: { householdId }, body: { pairingCode: code } });
      await reload();
      onPaired(device);
    } catch (error) {
      setProblem(asProblem(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault();
        void pair();
      }}
    >
      <TextField label={t.codeLabel} hint={t.codeHint} error={told} value={code} onChange={setCode} maxLength={TYPED_MAX} />
      {problem !== undefined && told === undefined && <Trouble problem={problem} />}
      <div>
        <Button type="submit" busy={isBusy}>
          {t.check}
        </Button>
      </div>
    </form>
  );
}

function toldOf({ code }: ApiProblem, t: Words): string | undefined {
  if (code === 'unknown-code') return t.codeUnknown;
  return code === 'too-many-tries' ? t.codeTooMany : undefined;
}
