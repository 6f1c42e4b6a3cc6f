/**
 * Ends cleanly on the signals by which people and systems stop programs, and when a supervisor that
 * started this process is gone.
 */
export const stopOnSignals = (close: () => Promise<void>): void => {
  let closing = false;
  const stop = () => {
    if (closing) return;
    closing = true;
    close()
      .catch((error: unknown) => {
        console.error(error);
        process.exitCode = 1;
      })
      .finally(() => process.connected && process.disconnect());
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  if (process.connected) process.once('disconnect', stop);
};

/** Tells the supervisor that started this process that it serves; false if none did. */
export const reportUp = (address: string): boolean =>
  process.connected && (process.send?.({ address }) ?? false);
