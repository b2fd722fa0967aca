/** Which rules were kept and which were not, and whose yes it was. */
import { Asked } from '../approvals/asked.tsx';
import { Card, Tag } from '../design/card.tsx';
import { Rows } from '../design/rows.tsx';
import { useHousehold } from '../household.tsx';
import { useFormats } from '../words/formats.ts';
import { useWords } from '../words/use-words.ts';
import { figuresOf, noFigures, type Decision, type OrderView } from './figures.ts';
import { ruleInWords, ruleWords } from './rule-words.ts';
import { shopName } from './shops.tsx';
import { words } from './words.ts';

type Rule = Decision['tried'][number]['rules'][number];

export function Decided({ view }: { readonly view: OrderView }) {
  const t = useWords(words);
  const r = useWords(ruleWords);
  const f = useFormats();
  const { decision } = view.record;
  if (decision === undefined) return <Card title={t.decision}>{t.undecided}</Card>;
  const { outcome, tried, mandates } = decision;
  const quote = view.record.changes?.[0]?.before ?? view.order.quote;
  const shop = shopName(view, quote.retailerId);
  return (
    <Card title={t.decision}>
      {view.askedBecause === undefined ? <p>{outcome.kind === 'covered' ? t.covered : t.asked}</p> : <Asked view={view} />}
      {tried.length === 0 && outcome.kind === 'asked' && (
        <Rows>
          {outcome.rulesFailed.map((rule) => (
            <OneRule key={rule.rule} rule={rule} text={ruleInWords(rule.rule, noFigures, r)} />
          ))}
        </Rows>
      )}
      {tried.map(({ mandateId, rules }, index) => {
        const mandate = mandates.find((one) => one.mandateId === mandateId);
        const figures = mandate === undefined ? noFigures : figuresOf(mandate, decision, quote, shop, f);
        return (
          <section key={mandateId} class="stack-tight" aria-label={t.permission(index + 1)}>
            <h3>{t.permission(index + 1)}</h3>
            <Rows>
              {rules.map((rule) => (
                <OneRule key={rule.rule} rule={rule} text={ruleInWords(rule.rule, figures, r)} />
              ))}
            </Rows>
          </section>
        );
      })}
    </Card>
  );
}

function OneRule({ rule, text }: { readonly rule: Rule; readonly text: string }) {
  const t = useWords(words);
  return (
    <li class="why-rule">
      <span>{text}</span>
      <Tag tone={rule.passed ? 'good' : 'warn'}>{rule.passed ? t.keeps : t.breaks}</Tag>
    </li>
  );
}

/** The digits that tell two quotes apart at a glance. */
const HASH_SHOWN = 12;

export function Approval({ view }: { readonly view: OrderView }) {
  const t = useWords(words);
  const f = useFormats();
  const { overview } = useHousehold();
  const { approval, changes = [], decision } = view.record;
  const by = approval?.by;
  const who = by?.kind === 'person' ? (overview.members.find(({ memberId }) => memberId === by.memberId)?.name ?? t.somebody) : t.byPermission;
  const nobody = decision?.outcome.kind === 'covered' ? t.byPermission : t.nobody;
  return (
    <Card title={t.approval}>
      {approval === undefined ? (
        <p>{nobody}</p>
      ) : (
        <>
          <p>{t.pressed(who, approval.evidence.buttonText)}</p>
          <p class="small soft">{t.evidence(f.dayAndTime(approval.at), approval.evidence.wordingVersion, approval.evidence.quoteHash.slice(0, HASH_SHOWN))}</p>
        </>
      )}
      {changes.length > 0 && <p class="small soft">{t.changes(changes.length)}</p>}
    </Card>
  );
}
