/** For which households a piece is meant: where they live, what they have, where they stand, what they buy and what else is known of them. */
import { reachChannels } from '../../../shared/journey/outreach/words.ts';
import { phaseNames } from '../../../shared/journey/phase/phase-wording.ts';
import { phaseSchema } from '../../../shared/journey/words.ts';
import { deviceTypeSchema } from '../../../shared/values.ts';
import { Switch } from '../../design/choice.tsx';
import { language } from '../../words/language.ts';
import { useWords } from '../../words/use-words.ts';
import { Toggles } from '../fields/toggles.tsx';
import { WhereForm } from '../fields/where-form.tsx';
import { words as builder } from '../paths/builder-words.ts';
import { AreasField } from './areas-field.tsx';
import { given, type Meant, type Piece } from './campaign-shape.ts';
import { words } from './editor-words.ts';

interface MeantProps {
  readonly piece: Piece;
  readonly at: string;
  readonly onChange: (piece: Piece) => void;
}
/** Those of the product; a company may have named others. */
const lines: readonly string[] = ['groceries', 'household', 'heating'];

export function MeantForm({ piece, at, onChange }: MeantProps) {
  const t = useWords(words);
  const { channelNames } = useWords(builder);
  return (
    <>
      <Switch
        label={t.isMeant}
        hint={t.isMeantHint}
        checked={piece.for !== undefined}
        onChange={(isOn) => onChange(given(piece, 'for', isOn ? {} : undefined))}
      />
      {piece.for !== undefined && <Meanings meant={piece.for} at={`${at}.for`} onChange={(meant) => onChange({ ...piece, for: meant })} />}
      <Toggles
        isOrdered
        label={t.ownChannels}
        hint={t.ownChannelsHint}
        at={`${at}.channels`}
        options={reachChannels.map((value) => ({ value, label: channelNames[value] }))}
        chosen={piece.channels ?? []}
        onChange={(channels) => onChange(given(piece, 'channels', channels))}
      />
    </>
  );
}

function Meanings({ meant, at, onChange }: { readonly meant: Meant; readonly at: string; readonly onChange: (meant: Meant) => void }) {
  const t = useWords(words);
  return (
    <div class="form-inner">
      <AreasField areas={meant.postalAreas} at={at} onChange={(areas) => onChange(given(meant, 'postalAreas', areas))} />
      <Toggles
        label={t.devices}
        at={`${at}.devices`}
        options={deviceTypeSchema.options.map((value) => ({ value, label: t.deviceNames[value] }))}
        chosen={meant.devices ?? []}
        onChange={(devices) => onChange(given(meant, 'devices', devices))}
      />
      <Toggles
        label={t.phases}
        at={`${at}.phases`}
        options={phaseSchema.options.map((value) => ({ value, label: phaseNames[value][language.value] }))}
        chosen={meant.phases ?? []}
        onChange={(phases) => onChange(given(meant, 'phases', phases))}
      />
      <Toggles
        label={t.lines}
        at={`${at}.productLines`}
        options={[...lines, ...(meant.productLines ?? []).filter((line) => !lines.includes(line))].map((value) => ({
          value,
          label: t.lineNames[value] ?? value,
        }))}
        chosen={meant.productLines ?? []}
        onChange={(chosen) => onChange(given(meant, 'productLines', chosen))}
      />
      <Switch
        label={t.where}
        checked={meant.where !== undefined}
        onChange={(isOn) => onChange(given(meant, 'where', isOn ? { count: [], atLeast: 1 } : undefined))}
      />
      {meant.where !== undefined && <WhereForm where={meant.where} at={`${at}.where`} onChange={(where) => onChange({ ...meant, where })} />}
    </div>
  );
}
