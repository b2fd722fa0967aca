/** Other goods, or another number of them. What it costs then is the shop's to say: the new price is shown before anything is bought. */
import { useState } from 'preact/hooks';
import { Button } from '../design/button.tsx';
import { Notice } from '../design/card.tsx';
import { Select, Stepper } from '../design/choice.tsx';
import { Dialog } from '../design/dialog.tsx';
import { useFormats } from '../words/formats.ts';
import { useWords } from '../words/use-words.ts';
import type { ChangeLine } from './use-answer.ts';
import type { Alternatives } from './view.ts';
import { words } from './words.ts';

type Need = Alternatives['needs'][number];
type Wish = Readonly<Record<string, { readonly gtin: string; readonly quantity: number }>>;
const PACKS_MAX = 99;

interface ChangeDialogProps {
  readonly open: boolean;
  readonly alternatives: Alternatives;
  readonly busy: boolean;
  /** What the shop or the household has against it. */
  readonly refused?: string | undefined;
  readonly onClose: () => void;
  readonly onChange: (lines: readonly ChangeLine[]) => void;
}

const held = ({ line, choices }: Need) => ({ gtin: line?.gtin ?? choices[0]?.gtin ?? '', quantity: line?.quantity ?? 0 });

export function ChangeDialog({ open, alternatives, busy, refused, onClose, onChange }: ChangeDialogProps) {
  const t = useWords(words);
  const [wish, setWish] = useState<Wish>({});
  const wished = (need: Need) => wish[need.needId] ?? held(need);
  const lines = alternatives.needs.flatMap((need): ChangeLine[] => {
    const [was, is] = [held(need), wished(need)];
    // What is wished for is one of what was offered: the type says so, too.
    const gtin = need.choices.find((choice) => choice.gtin === is.gtin)?.gtin ?? need.line?.gtin;
    return gtin === undefined || (was.gtin === is.gtin && was.quantity === is.quantity) ? [] : [{ needId: need.needId, gtin, quantity: is.quantity }];
  });
  const isEmpty = alternatives.needs.every((need) => wished(need).quantity === 0);
  const why = isEmpty ? t.nothingLeft : lines.length === 0 ? t.nothingChanged : undefined;
  const set = (need: Need, part: Partial<Wish[string]>) => setWish({ ...wish, [need.needId]: { ...wished(need), ...part } });
  return (
    <Dialog title={t.changeTitle} open={open} onClose={onClose}>
      {alternatives.needs.map((need) => (
        <NeedFields
          key={need.needId}
          need={need}
          {...wished(need)}
          onProduct={(gtin) => set(need, { gtin })}
          onQuantity={(quantity) => set(need, { quantity })}
        />
      ))}
      {refused !== undefined && <Notice tone="bad">{refused}</Notice>}
      <div class="approval-else">
        <Button kind="quiet" onClick={onClose}>
          {t.cancel}
        </Button>
        <Button busy={busy} disabled={why !== undefined} why={why} onClick={() => onChange(lines)}>
          {t.showPrice}
        </Button>
      </div>
    </Dialog>
  );
}

interface NeedFieldsProps {
  readonly need: Need;
  readonly gtin: string;
  readonly quantity: number;
  readonly onProduct: (gtin: string) => void;
  readonly onQuantity: (quantity: number) => void;
}

function NeedFields({ need, gtin, quantity, onProduct, onQuantity }: NeedFieldsProps) {
  const t = useWords(words);
  const f = useFormats();
  const chosen = need.choices.find((choice) => choice.gtin === gtin);
  const name = need.name ?? chosen?.title ?? gtin;
  const options = need.choices.map(({ gtin: value, title, unitPrice }) => ({ value, label: `${title} · ${f.money(unitPrice)}` }));
  return (
    <div class="approval-need">
      {options.length > 1 ? (
        <Select<string> label={t.product(name)} value={gtin} options={options} onChange={onProduct} />
      ) : (
        <div>
          <strong>{chosen?.title ?? name}</strong>
          <p class="small soft">{t.noChoices}</p>
        </div>
      )}
      <div class="line-up">
        <Stepper label={t.packs(name)} value={quantity} min={0} max={PACKS_MAX} text={t.packsText(quantity)} onChange={onQuantity} />
        <span class="small soft">{quantity === 0 ? t.leaveOut(name) : need.packsMax === undefined ? '' : t.roomFor(need.packsMax)}</span>
      </div>
    </div>
  );
}
