/** What was paid for a channel on a day: the last word of a day and channel counts. */
import { useState } from 'preact/hooks';
import { channelOfReach } from '../../../shared/journey/outreach/words.ts';
import { send } from '../../api/client.ts';
import { Button } from '../../design/button.tsx';
import { Select } from '../../design/choice.tsx';
import { parseEuros } from '../../design/euros.ts';
import { TextField } from '../../design/field.tsx';
import { useWords } from '../../words/use-words.ts';
import { words as pathWords } from '../paths/builder-words.ts';
import { words } from './campaigns-words.ts';
import type { View } from './view.ts';

interface FormProps {
  readonly campaign: View['campaign'];
  readonly busy: boolean;
  readonly change: (what: () => Promise<unknown>) => void;
}

export function CostForm({ campaign, busy, change }: FormProps) {
  const t = useWords(words);
  const { channelNames } = useWords(pathWords);
  const [day, setDay] = useState(campaign.from.slice(0, 10));
  const [channel, setChannel] = useState(campaign.channels[0] ?? 'app');
  const [euros, setEuros] = useState('');
  const sum = parseEuros(euros);
  const record = () => {
    if (sum === undefined) return;
    const body = { costs: [{ day, channel: channelOfReach(channel), minor: sum.amountMinor }] };
    change(() => send('putCampaignCosts', { params: { campaign: campaign.campaign }, body }));
    setEuros('');
  };
  return (
    <details class="console-details">
      <summary>{t.record}</summary>
      <div class="segment-names">
        <TextField label={t.day} value={day} maxLength={10} onChange={setDay} />
        <Select label={t.channel} value={channel} options={campaign.channels.map((value) => ({ value, label: channelNames[value] }))} onChange={setChannel} />
        <TextField label={t.euros} value={euros} inputMode="numeric" maxLength={12} onChange={setEuros} />
      </div>
      <Button kind="quiet" busy={busy} disabled={sum === undefined} onClick={record}>
        {t.save}
      </Button>
    </details>
  );
}
