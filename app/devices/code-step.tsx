import { useState } from 'preact/hooks';
import { CODE_LENGTH, readPairingCode } from '../../shared/device/pairing-code.ts';
import { send } from '../api/client.ts';
import type { ApiProblem } from '../api/problem.ts';
import { useSending } from '../api/use-sending.ts';
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
  const { busy, problem, run, clear } = useSending();
  const [isShort, setShort] = useState(false);
  const told = isShort ? t.codeShort : problem && toldOf(problem, t);

  const pair = async () => {
    clear();
    setShort(readPairingCode(code) === undefined);
    if (readPairingCode(code) === undefined) return;
    await run(async () => {
      const device = await send('pairDevice', { params: { householdId }, body: { pairingCode: code } });
      await reload();
      onPaired(device);
    });
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
        <Button type="submit" busy={busy}>
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
