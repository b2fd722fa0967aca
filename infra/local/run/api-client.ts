/** Knocks at the HTTP API as long as it takes a killed cloud to come back: a PUT may be sent again. */
import { setTimeout as pause } from 'node:timers/promises';

export interface ApiClient {
  put(path: string, body: unknown): Promise<unknown>;
  get(path: string): Promise<unknown>;
}

/** The API's own no. */
export class ApiRefusal extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

const TRIES = 40;
const RETRY_AFTER_MILLIS = 500;

export function apiClient(apiUrl: string, token: string): ApiClient {
  const ask = async (method: 'GET' | 'PUT', path: string, body?: string): Promise<unknown> => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const response = await send(`${apiUrl}${path}`, { method, headers, ...(body !== undefined && { body }) });
    const text = await response.text();
    if (!response.ok) throw new ApiRefusal(response.status, `${method} ${path} answered ${response.status}: ${text.slice(0, 300)}`);
    const answer: unknown = JSON.parse(text);
    return answer;
  };
  return { put: (path, body) => ask('PUT', path, JSON.stringify(body)), get: (path) => ask('GET', path) };
}

async function send(url: string, request: RequestInit): Promise<Response> {
  for (let tries = 1; ; tries += 1) {
    try {
      const response = await fetch(url, request);
      if (response.status < 500 || tries === TRIES) return response;
    } catch (error) {
      if (tries === TRIES) throw error;
    }
    await pause(RETRY_AFTER_MILLIS);
  }
}
