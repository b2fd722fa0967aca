/** What can go wrong around the product, each kind by its name: `--faults` turns them on, and the end of the run counts them. */
import { z } from 'zod';

/** Who misbehaves: the shops, the things, or the cloud itself. */
export const shopFaults = [
  ...(['shop-slow', 'shop-down', 'shop-out-of-stock', 'shop-answered-twice'] as const),
  ...(['shop-answered-out-of-order', 'shop-answered-early', 'shop-answered-late'] as const),
  ...(['shop-answered-5xx', 'shop-redirected', 'shop-body-slow', 'shop-body-huge'] as const),
  ...(['shop-signed-wrongly', 'shop-price-raised', 'shop-asked-too-much'] as const),
] as const;
export const deviceFaults = ['device-offline', 'clock-wrong', 'reading-duplicated', 'reading-out-of-order'] as const;
export const cloudFaults = ['function-timed-out', 'call-throttled', 'call-partly-failed', 'message-poisoned'] as const;
export const faultKinds = [...shopFaults, ...deviceFaults, ...cloudFaults] as const;

export const faultKindSchema = z.enum(faultKinds);
export type FaultKind = z.infer<typeof faultKindSchema>;

/** `all`, or some of them by name with commas between. */
export const faultsOptionSchema = z.string().transform((text, context): FaultKind[] => {
  if (text === 'all') return [...faultKinds];
  const named = text.split(',').map((name) => name.trim());
  const unknown = named.find((name) => !faultKindSchema.safeParse(name).success);
  if (unknown !== undefined) {
    context.addIssue({ code: 'custom', message: `there is no fault ${JSON.stringify(unknown)}; it may be all, or of these: ${faultKinds.join(', ')}` });
    return z.NEVER;
  }
  return faultKinds.filter((kind) => named.includes(kind));
});
