/** Finds a product at the linked shops, by its name or its barcode. */
import { useState } from 'preact/hooks';
import { gtinDigits, gtinProblem } from '../../shared/gtin.ts';
import { useResource } from '../api/client.ts';
import type { Answer } from '../api/contract-types.ts';
import { Button } from '../design/button.tsx';
import { TextField } from '../design/field.tsx';
import { Row, Rows } from '../design/rows.tsx';
import { Trouble } from '../design/states.tsx';
import { useHousehold } from '../household.tsx';
import { useFormats } from '../words/formats.ts';
import { useWords } from '../words/use-words.ts';
import { careWords } from './care-words.ts';

export type Product = Answer<'searchProducts'>['products'][number];

interface SearchProps {
  /** What is searched for before anybody types. */
  readonly initial?: string | undefined;
  readonly onChoose: (product: Product) => void;
  /** For a number that no shop sells; without it only what is sold can be chosen. */
  readonly onBarcode?: ((gtin: string) => void) | undefined;
}

const isNumber = (text: string): boolean => /^[\d\s-]{6,}$/.test(text.trim());

export function ProductSearch({ initial = '', onChoose, onBarcode }: SearchProps) {
  const t = useWords(careWords);
  const { householdId } = useHousehold();
  const [typed, setTyped] = useState(initial);
  const search = isNumber(typed) ? gtinDigits(typed) : typed.trim();
  const wrong = isNumber(typed) ? gtinProblem(search) : undefined;
  const isAsked = search.length >= 2 && wrong === undefined;
  const { data, problem } = useResource('searchProducts', isAsked ? { params: { householdId }, query: { search } } : undefined);
  const isUnknown = data?.products.length === 0 && isNumber(typed);
  return (
    <div class="stack">
      <TextField
        label={t.searchLabel}
        hint={t.searchHint}
        type="search"
        value={typed}
        onChange={setTyped}
        maxLength={60}
        error={wrong === undefined ? undefined : t.gtinProblems[wrong]}
      />
      {problem !== undefined && <Trouble problem={problem} />}
      {data !== undefined && data.products.length > 0 && (
        <Rows>
          {data.products.map((product) => (
            <ProductRow key={product.gtin} {...{ product, onChoose }} />
          ))}
        </Rows>
      )}
      {data?.products.length === 0 && <p class="soft">{t.nothingFound}</p>}
      {isUnknown && onBarcode !== undefined && (
        <div>
          <Button kind="quiet" onClick={() => onBarcode(search)}>
            {t.useBarcode(search)}
          </Button>
        </div>
      )}
    </div>
  );
}

function ProductRow({ product, onChoose }: { readonly product: Product; readonly onChoose: (product: Product) => void }) {
  const t = useWords(careWords);
  const formats = useFormats();
  const [cheapest] = product.offers;
  const choose = (
    <button type="button" class="button button-quiet" aria-label={`${t.choose}: ${product.title}`} onClick={() => onChoose(product)}>
      {t.choose}
    </button>
  );
  return (
    <Row label={product.title} aside={choose}>
      {cheapest !== undefined && (
        <>
          {formats.money(cheapest.price)} · {formats.unitPrice(cheapest.price, product.pack)} · {cheapest.shop}
        </>
      )}
      {product.clashes.length > 0 && <strong class="supply-need">{t.avoided(product.clashes.map((tag) => t.tags[tag]).join(', '))}</strong>}
    </Row>
  );
}
