import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';

type Card = ComponentType<{ readonly orderId?: string }>;

/** Mostly nobody is asked, so the question comes after the first picture. */
export function SurveyLater({ orderId }: { readonly orderId?: string }) {
  const [SurveyCard, setSurveyCard] = useState<Card>();
  useEffect(() => {
    import('./survey-card.tsx').then(
      (loaded) => setSurveyCard(() => loaded.SurveyCard),
      // Without a network nothing could be answered either.
      () => undefined,
    );
  }, []);
  if (SurveyCard === undefined) return null;
  return orderId === undefined ? <SurveyCard /> : <SurveyCard orderId={orderId} />;
}
