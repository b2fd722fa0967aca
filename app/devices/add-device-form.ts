/** What is kept of the wizard while it is under way. The code is not: it is a secret until it has been used, and then it is worth nothing. */
export const ADD_DEVICE = 'add-device';

export const STEPS = ['code', 'label', 'slots', 'listen'] as const;
export type StepName = (typeof STEPS)[number];

export interface AddDeviceForm {
  readonly step: string;
  readonly thing: string;
  readonly name: string;
  readonly room: string;
}

export const emptyForm: AddDeviceForm = { step: 'code', thing: '', name: '', room: '' };

/** Without its device it begins at the beginning, whatever was kept; with it the code is behind us. */
export function stepOf({ step }: AddDeviceForm, isPaired: boolean): StepName {
  if (!isPaired) return 'code';
  return step === 'slots' || step === 'listen' ? step : 'label';
}
