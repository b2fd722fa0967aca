/** What may come by itself, and from whom. */
import { useState } from 'preact/hooks';
import { Button } from '../design/button.tsx';
import { Card, Notice } from '../design/card.tsx';
import { Switch } from '../design/choice.tsx';
import { useWords } from '../words/use-words.ts';
import { categoriesOf, isChosen, shopsChosen, type Choices, type GrantForm } from './grant-form.ts';
import { words } from './grant-words.ts';
import { listed, useCategoryName } from './named.ts';

export interface StepProps {
  readonly form: GrantForm;
  readonly change: (part: Partial<GrantForm>) => void;
  readonly choices: Choices;
}

const toggled = (all: readonly string[], one: string, isOn: boolean): string[] => (isOn ? [...new Set([...all, one])] : all.filter((other) => other !== one));

export function WhatStep({ form, change, choices }: StepProps) {
  const t = useWords(words);
  const categoryName = useCategoryName();
  const [asked, setAsked] = useState(false);
  const { items, shops } = choices;
  const chosenShops = shopsChosen(form, choices);
  const missing = !items.some((item) => isChosen(form, item)) ? t.chooseSomething : chosenShops.length === 0 ? t.chooseShop : undefined;
  return (
    <>
      <p>{t.whatLead}</p>
      <Card title={t.kinds}>
        {categoriesOf(choices).map((category) => (
          <Switch
            key={category}
            label={categoryName(category)}
            hint={t.kindHint(listed(items.filter((item) => item.category === category).map(({ name }) => name)))}
            checked={form.categories.includes(category)}
            onChange={(isOn) => change({ categories: toggled(form.categories, category, isOn) })}
          />
        ))}
      </Card>
      <details class="card" open={form.supplyIds.length > 0}>
        <summary>{t.things}</summary>
        {items.map((item) => (
          <Switch
            key={item.supplyId}
            label={item.name}
            hint={listed(item.products.flatMap(({ title }) => (title === undefined ? [] : [title])))}
            checked={isChosen(form, item)}
            disabled={form.categories.includes(item.category)}
            onChange={(isOn) => change({ supplyIds: toggled(form.supplyIds, item.supplyId, isOn) })}
          />
        ))}
      </details>
      <Card title={t.shops}>
        {shops.map(({ retailerId, name }) => (
          <Switch
            key={retailerId}
            label={name}
            checked={chosenShops.some((shop) => shop.retailerId === retailerId)}
            onChange={(isOn) =>
              change({
                choseShops: true,
                retailerIds: toggled(
                  chosenShops.map((shop) => shop.retailerId),
                  retailerId,
                  isOn,
                ),
              })
            }
          />
        ))}
      </Card>
      {asked && missing !== undefined && <Notice tone="bad">{missing}</Notice>}
      <div class="line-up">
        <Button onClick={() => (missing === undefined ? change({ step: 'limits' }) : setAsked(true))}>{t.next}</Button>
      </div>
    </>
  );
}
