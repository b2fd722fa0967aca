import { z } from 'zod';

/** What a privacy decision means for something that obeys it: the newer version wins, so that two workers may overtake each other. */
export const permissionSchema = z.strictObject({ allowed: z.boolean(), privacyVersion: z.int().min(1) });
/** Of a device; `messagesShown`: the text that was said yes to names what its screen shows. */
export const devicePermissionSchema = permissionSchema.extend({ messagesShown: z.boolean().optional() });
export type DevicePermission = z.infer<typeof devicePermissionSchema>;
export type Permission = z.infer<typeof permissionSchema>;
export const isNewer = (permission: Permission, before: Permission | undefined): boolean =>
  before === undefined || before.privacyVersion < permission.privacyVersion;
