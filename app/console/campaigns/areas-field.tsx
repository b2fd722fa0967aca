/** Beginnings of postal codes, with commas between; what is typed stays as typed while it is being typed. */
import { useState } from 'preact/hooks';
import { TextField } from '../../design/field.tsx';
import { useWords } from '../../words/use-words.ts';
import { useFaults } from '../fields/faults.tsx';
import { words } from './editor-words.ts';

interface AreasProps {
  readonly areas: readonly string[] | undefined;
  readonly at: string;
  readonly onChange: (areas: string[]) => void;
}

const areasIn = (text: string): string[] => text.split(/[\s,;]+/).filter((area) => area !== '');

export function AreasField({ areas = [], at, onChange }: AreasProps) {
  const t = useWords(words);
  const [typed, setTyped] = useState<string>();
  const isTyped = typed !== undefined && areasIn(typed).join() === areas.join();
  return (
    <TextField
      label={t.areas}
      hint={t.areasHint}
      value={isTyped ? typed : areas.join(', ')}
      maxLength={400}
      error={useFaults()(`${at}.postalAreas`, true)}
      onChange={(text) => {
        setTyped(text);
        onChange(areasIn(text));
      }}
    />
  );
}
