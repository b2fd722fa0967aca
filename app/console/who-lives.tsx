import { Card, Tag } from '../design/card.tsx';
import { useFormats } from '../words/formats.ts';
import { useWords } from '../words/use-words.ts';
import { words } from './agent-words.ts';
import type { AgentPage } from './household-frame.tsx';

/** Its people, its devices, and what they have allowed. */
export function WhoLives({ data: { about } }: { readonly data: AgentPage }) {
  const t = useWords(words);
  const formats = useFormats();
  return (
    <Card title={t.whoLives}>
      <ul class="console-list console-tight">
        {about.members.map(({ memberId, name, role }) => (
          <li key={memberId} class="console-pair">
            <span>{name}</span>
            <span class="small soft">{t.roles[role]}</span>
          </li>
        ))}
      </ul>
      <h3>{t.devices}</h3>
      {about.devices.length === 0 && <p class="small soft">{t.noDevices}</p>}
      <ul class="console-list console-tight">
        {about.devices.map(({ thing, name, availability }) => (
          <li key={thing} class="console-pair">
            <span>{name}</span>
            <Tag tone={availability === 'available' ? 'good' : availability === 'unavailable' ? 'bad' : 'plain'}>{t.availability[availability]}</Tag>
          </li>
        ))}
      </ul>
      <h3>{t.mandates}</h3>
      {about.mandates.length === 0 && <p class="small soft">{t.noMandates}</p>}
      <ul class="console-list console-tight">
        {about.mandates.map(({ mandate, standing, left }) => (
          <li key={mandate.mandateId} class="console-pair">
            <span class="small">{t.mandateLeft(formats.money(left), formats.money(mandate.perMonthMax))}</span>
            <Tag tone={standing === 'active' ? 'good' : 'plain'}>{t.standing[standing]}</Tag>
          </li>
        ))}
      </ul>
      <h3>{t.consents}</h3>
      <ul class="console-list console-tight">
        {about.consents.map(({ purpose, standing }) => (
          <li key={purpose} class="console-pair">
            <span class="small">{t.purposes[purpose]}</span>
            <span class="small soft">{standing === 'given' ? t.given : t.withdrawn}</span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
