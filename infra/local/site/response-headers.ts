/** The headers that a policy of the template puts on every answer (CloudFront developer guide, “Understand response headers policies”). */
import { z } from 'zod';
import type { ResolvedResource } from '../template/read-assembly.ts';

const override = { Override: z.literal(true) };
const policySchema = z.strictObject({
  ResponseHeadersPolicyConfig: z.strictObject({
    Name: z.string(),
    Comment: z.string().optional(),
    SecurityHeadersConfig: z
      .strictObject({
        ContentSecurityPolicy: z.strictObject({ ContentSecurityPolicy: z.string(), ...override }).optional(),
        ContentTypeOptions: z.strictObject(override).optional(),
        ReferrerPolicy: z.strictObject({ ReferrerPolicy: z.string(), ...override }).optional(),
        StrictTransportSecurity: z.strictObject({ AccessControlMaxAgeSec: z.number(), IncludeSubdomains: z.boolean().default(false), ...override }).optional(),
      })
      .default({}),
    CustomHeadersConfig: z.strictObject({ Items: z.array(z.strictObject({ Header: z.string(), Value: z.string(), ...override })) }).default({ Items: [] }),
  }),
});

/** Lower-case names. @throws Error naming the policy when it says something that is not done here */
export function headersOf({ logicalId, type, properties }: ResolvedResource): Record<string, string> {
  const parsed = policySchema.safeParse(properties);
  if (!parsed.success) throw new Error(`${logicalId} (${type}): ${z.prettifyError(parsed.error)}`);
  const { SecurityHeadersConfig: security, CustomHeadersConfig: custom } = parsed.data.ResponseHeadersPolicyConfig;
  const { ContentSecurityPolicy: content, ReferrerPolicy: referrer, StrictTransportSecurity: transport } = security;
  return {
    ...(content && { 'content-security-policy': content.ContentSecurityPolicy }),
    ...(security.ContentTypeOptions && { 'x-content-type-options': 'nosniff' }),
    ...(referrer && { 'referrer-policy': referrer.ReferrerPolicy }),
    ...(transport && { 'strict-transport-security': `max-age=${transport.AccessControlMaxAgeSec}${transport.IncludeSubdomains ? '; includeSubDomains' : ''}` }),
    ...Object.fromEntries(custom.Items.map(({ Header, Value }) => [Header.toLowerCase(), Value])),
  };
}
