/** A channel with who began it, in words. */
import { useWords } from '../../words/use-words.ts';
import { words as mapWords } from '../map-words.ts';
import { words } from './words.ts';

export function useChannelName(): (channel: string) => string {
  const t = useWords(words);
  const m = useWords(mapWords);
  const channels: Readonly<Record<string, string>> = m.channels;
  const by: Readonly<Record<string, string>> = t.by;
  return (key) => {
    const [channel = key, initiator = ''] = key.split('@');
    if (channel === 'direct') return t.direct;
    return `${channels[channel] ?? channel} (${by[initiator] ?? initiator})`;
  };
}
