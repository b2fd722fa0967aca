/** One connection over MQTT after another, each with a token that is good. Loaded after the first picture: the library is large. */
import mqtt from 'mqtt';

export interface LiveOptions {
  readonly url: string;
  readonly clientId: string;
  readonly username: string;
  readonly topics: readonly string[];
  /** @param refused the token with which nobody let us in */
  token(refused?: string): Promise<string | undefined>;
  onMessage(topic: string, payload: Uint8Array): void;
  /** Everything is subscribed: from now on nothing is missed, and what was before may have been. */
  onListening(): void;
  onLost(): void;
}

const WAIT_MILLIS = { least: 1_000, most: 30_000 };
const CONNECT_MILLIS = 10_000;
const KEEP_ALIVE_SECONDS = 30;

/** @returns to hang up */
export function listen(options: LiveOptions): () => void {
  let ended = false;
  let current: mqtt.MqttClient | undefined;
  let failures = 0;
  let refused: string | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const later = () => {
    if (ended) return;
    options.onLost();
    // Not all at once, when a whole town has its network back.
    const wait = Math.min(WAIT_MILLIS.most, WAIT_MILLIS.least * 2 ** failures) * (0.5 + Math.random() / 2);
    failures += 1;
    clearTimeout(timer);
    timer = setTimeout(() => void connect(), wait);
  };

  const connect = async () => {
    const password = await options.token(refused).catch(() => undefined);
    if (ended) return;
    if (password === undefined) {
      later();
      return;
    }
    const { url, clientId, username, topics } = options;
    // Reconnecting is ours: each time with a token of that time.
    const client = mqtt.connect(url, {
      clientId,
      username,
      password,
      protocolVersion: 4,
      clean: true,
      reconnectPeriod: 0,
      connectTimeout: CONNECT_MILLIS,
      keepalive: KEEP_ALIVE_SECONDS,
      // Its other timers run in a worker made of text, which our content security policy refuses.
      timerVariant: 'native',
    });
    current = client;
    client.on('connect', () => {
      client.subscribe([...topics], { qos: 1 }, (error) => {
        if (error !== null) {
          client.end(true);
          return;
        }
        [failures, refused] = [0, undefined];
        options.onListening();
      });
    });
    client.on('message', (topic, payload) => options.onMessage(topic, payload));
    client.on('error', () => {
      refused = password;
      client.end(true);
    });
    client.once('close', () => {
      if (current === client) later();
    });
  };

  void connect();
  return () => {
    ended = true;
    clearTimeout(timer);
    const client = current;
    current = undefined;
    client?.end(true);
  };
}
