/** When a person or the system wants the run to end. The second wish ends the process at once. */
export interface Quit {
  readonly asked: Promise<void>;
  readonly ask: () => void;
  readonly forget: () => void;
}

/** What a shell reports of a program that Ctrl-C ended: 128 + SIGINT. */
const INTERRUPTED_EXIT_CODE = 130;

export function listenForQuit(onForce: () => void = () => undefined): Quit {
  let resolve: () => void = () => undefined;
  const asked = new Promise<void>((resolved) => (resolve = resolved));
  let isAsked = false;
  const ask = (): void => {
    if (isAsked) {
      onForce();
      process.exit(INTERRUPTED_EXIT_CODE);
    }
    isAsked = true;
    resolve();
  };
  process.on('SIGINT', ask);
  process.on('SIGTERM', ask);
  const forget = (): void => {
    process.off('SIGINT', ask);
    process.off('SIGTERM', ask);
  };
  return { asked, ask, forget };
}
