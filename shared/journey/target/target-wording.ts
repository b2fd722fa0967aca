/** Deviations from a target journey in words. */
import type { Deviation } from './conform.ts';
import type { DeviationKind, TargetModel } from './model.ts';

export const deviationNames: Readonly<Record<DeviationKind, { readonly de: string; readonly en: string }>> = {
  missing: { de: 'fehlt', en: 'missing' },
  late: { de: 'zu spät', en: 'too late' },
  'out-of-order': { de: 'in anderer Reihenfolge', en: 'out of order' },
  repeated: { de: 'wiederholt', en: 'repeated' },
  unexpected: { de: 'unerwartet', en: 'unexpected' },
};

export const stepName = (model: TargetModel, step: string, language: 'de' | 'en'): string =>
  [...model.steps, ...model.unexpected].find((one) => one.step === step)?.name[language] ?? step;

/** `delivered: 26 hours too late` */
export function deviationInWords(
  model: TargetModel,
  { step, kind, lateMinutes }: Pick<Deviation, 'step' | 'kind' | 'lateMinutes'>,
  language: 'de' | 'en',
): string {
  const late = lateMinutes === undefined ? '' : `${lasting(lateMinutes, language)} `;
  return `${stepName(model, step, language)}: ${late}${deviationNames[kind][language]}`;
}

const units = { days: { de: 'Tage', en: 'days' }, hours: { de: 'Stunden', en: 'hours' }, minutes: { de: 'Minuten', en: 'minutes' } } as const;
export function lasting(minutes: number, language: 'de' | 'en'): string {
  const [amount, unit] =
    minutes >= 2 * 1_440 ? ([minutes / 1_440, 'days'] as const) : minutes >= 120 ? ([minutes / 60, 'hours'] as const) : ([minutes, 'minutes'] as const);
  return `${Math.round(amount)} ${units[unit][language]}`;
}
