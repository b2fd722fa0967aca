import { useState } from 'preact/hooks';
import { Button } from '../design/button.tsx';
import { Card, Notice, Tag } from '../design/card.tsx';
import { Page } from '../design/page.tsx';
import { Row, Rows } from '../design/rows.tsx';
import { useHousehold, type Overview } from '../household.tsx';
import { useFormats } from '../words/formats.ts';
import { urls } from '../urls.ts';
import { useWords } from '../words/use-words.ts';
import { InviteForm } from './invite-form.tsx';
import { MemberDialog } from './member-dialog.tsx';
import { words } from './words.ts';

type Member = Overview['members'][number];

export default function MembersPage() {
  const t = useWords(words);
  const { overview, member: me } = useHousehold();
  const [chosen, setChosen] = useState<Member>();
  const [invited, setInvited] = useState<string>();
  const isOwner = me.role === 'owner';
  return (
    <Page title={t.title} back={urls.more} lead={t.lead}>
      <People onChoose={isOwner ? setChosen : undefined} />
      {invited !== undefined && <Notice tone="good">{t.invited(invited)}</Notice>}
      {isOwner ? <InviteForm count={overview.members.length} onInvited={setInvited} /> : <p class="soft">{t.ownersOnly}</p>}
      <Card title={t.what}>
        <dl class="stack-tight">
          {(['owner', 'adult', 'guest'] as const).map((role) => (
            <div key={role}>
              <dt>
                <Tag>{t.roles[role]}</Tag>
              </dt>
              <dd>{t.may[role]}</dd>
            </div>
          ))}
        </dl>
      </Card>
      {!isOwner && (
        <div>
          <Button kind="danger" onClick={() => setChosen(me)}>
            {t.leave}
          </Button>
        </div>
      )}
      <MemberDialog member={chosen} onClose={() => setChosen(undefined)} />
    </Page>
  );
}

function People({ onChoose }: { readonly onChoose: ((member: Member) => void) | undefined }) {
  const t = useWords(words);
  const formats = useFormats();
  const { overview, member: me } = useHousehold();
  /** Oneself on top. */
  const first = ({ memberId }: Member) => Number(memberId === me.memberId);
  return (
    <Rows>
      {[...overview.members]
        .sort((a, b) => first(b) - first(a) || a.name.localeCompare(b.name))
        .map((one) => (
          <Row
            key={one.memberId}
            label={one.memberId === me.memberId ? `${one.name} (${t.you})` : one.name}
            aside={
              onChoose && (
                <Button kind="quiet" onClick={() => onChoose(one)}>
                  {t.change}
                  <span class="only-heard"> {one.name}</span>
                </Button>
              )
            }
          >
            {t.roles[one.role]}, {t.since(formats.day(one.joinedAt))}
          </Row>
        ))}
    </Rows>
  );
}
