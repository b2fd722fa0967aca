/** Where this app signs in, whom it asks and where it listens: a file beside it, made where it is installed. */

export interface AppConfig {
  readonly issuer: string;
  readonly clientId: string;
  /** Without a slash at the end. */
  readonly apiUrl: string;
  readonly mqttUrl?: string | undefined;
  /** Of AWS IoT; a local broker has only one. */
  readonly authorizerName?: string | undefined;
}

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

/** @throws when something is missing without which the app cannot work */
export function configOf(read: unknown): AppConfig {
  const found: Record<string, unknown> = typeof read === 'object' && read !== null ? { ...read } : {};
  const [issuer, clientId, apiUrl] = [text(found['issuer']), text(found['clientId']), text(found['apiUrl'])];
  if (issuer === undefined || clientId === undefined || apiUrl === undefined) throw new Error('config.json names no issuer, client or API');
  return { issuer, clientId, apiUrl: apiUrl.replace(/\/$/, ''), mqttUrl: text(found['mqttUrl']), authorizerName: text(found['authorizerName']) };
}

export async function loadConfig(): Promise<AppConfig> {
  const response = await fetch('/app/config.json', { cache: 'no-cache' });
  if (!response.ok) throw new Error(`config.json: ${response.status}`);
  return configOf(await response.json());
}
