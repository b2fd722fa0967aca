import { useState } from 'preact/hooks';
import type { Answer } from '../api/contract-types.ts';
import { Button } from '../design/button.tsx';
import { useFormats } from '../words/formats.ts';
import { useWords } from '../words/use-words.ts';
import { careWords } from './care-words.ts';
import { ProductSearch } from './product-search.tsx';

type Supply = Answer<'readSupply'>;
const PRODUCTS_MAX = 8;

interface OrderProps {
  readonly supply: Supply;
  /** In order of preference. */
  readonly gtins: readonly string[];
  readonly onChange: (gtins: string[]) => void;
}

/** The products of one supply, the best first; the first that a shop has got is ordered. */
export function ProductOrder({ supply, gtins, onChange }: OrderProps) {
  const t = useWords(careWords);
  const formats = useFormats();
  const [isSearching, setSearching] = useState(false);
  const [found, setFound] = useState<Readonly<Record<string, string>>>({});
  const nameOf = (gtin: string): string => {
    const title = found[gtin] ?? supply.titles.find((one) => one.gtin === gtin)?.title ?? gtin;
    const pack = supply.products.find((one) => one.gtin === gtin)?.pack;
    return pack === undefined || title !== gtin ? title : `${title} (${formats.quantity(pack.amount, pack.unit)})`;
  };
  const moveUp = (index: number) => {
    const next = [...gtins];
    next.splice(index - 1, 0, ...next.splice(index, 1));
    onChange(next);
  };
  return (
    <fieldset>
      <legend class="field-label">{t.productsLabel}</legend>
      <ol class="product-list">
        {gtins.map((gtin, index) => (
          <li key={gtin} class="product-line">
            <span>
              {index + 1}. {nameOf(gtin)}
            </span>
            <span class="line-up">
              {index > 0 && (
                <button type="button" class="button button-quiet" aria-label={t.up(nameOf(gtin))} onClick={() => moveUp(index)}>
                  ↑
                </button>
              )}
              {gtins.length > 1 && (
                <button
                  type="button"
                  class="button button-quiet"
                  aria-label={t.drop(nameOf(gtin))}
                  onClick={() => onChange(gtins.filter((one) => one !== gtin))}
                >
                  ×
                </button>
              )}
            </span>
          </li>
        ))}
      </ol>
      {isSearching && (
        <ProductSearch
          onChoose={({ gtin, title }) => {
            setFound({ ...found, [gtin]: title });
            setSearching(false);
            if (!gtins.includes(gtin)) onChange([...gtins, gtin]);
          }}
        />
      )}
      {!isSearching && gtins.length < PRODUCTS_MAX && (
        <Button kind="quiet" onClick={() => setSearching(true)}>
          {t.addProduct}
        </Button>
      )}
    </fieldset>
  );
}
