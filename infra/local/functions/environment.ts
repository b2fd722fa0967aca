/** The whole environment of a function: what the template gives it and what Lambda sets. Nothing of this machine's own environment. */
import { REGION } from '../template/identity.ts';

export interface FunctionDefinition {
  readonly name: string;
  readonly arn: string;
  readonly bundleDirectory: string;
  /** `<module>.<export>`, such as `index.handler`. */
  readonly handler: string;
  readonly timeoutSeconds: number;
  readonly environment: Readonly<Record<string, string>>;
  readonly memoryMegabytes?: number;
}

export interface AccessKey {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** Lambda's own default, and generous for one bundle without the Node.js that it runs in. */
export const DEFAULT_MEMORY_MEGABYTES = 128;

export function environmentOf(definition: FunctionDefinition, endpointUrl: string, accessKey: AccessKey): Record<string, string> {
  const { name, environment, handler, bundleDirectory, memoryMegabytes } = definition;
  return {
    ...environment,
    AWS_REGION: REGION,
    AWS_DEFAULT_REGION: REGION,
    AWS_ENDPOINT_URL: endpointUrl,
    AWS_ACCESS_KEY_ID: accessKey.accessKeyId,
    AWS_SECRET_ACCESS_KEY: accessKey.secretAccessKey,
    AWS_LAMBDA_FUNCTION_NAME: name,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memoryMegabytes ?? DEFAULT_MEMORY_MEGABYTES),
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${name}`,
    AWS_LAMBDA_LOG_STREAM_NAME: 'local',
    LAMBDA_TASK_ROOT: bundleDirectory,
    _HANDLER: handler,
    // The SDK would otherwise read the profile and the metadata service of whoever runs this machine.
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    LANG: 'en_US.UTF-8',
    TZ: 'UTC',
  };
}
