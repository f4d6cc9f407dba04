const GRACE_MS = 8_000;

/**
 * Loaded into every process that the local mode starts (`node --import`): ends the process when the one that
 * started it is gone, however it ended. A closed terminal or a `kill -9` leaves nothing behind.
 */
export function stopWithParent(): void {
  if (!process.connected) return;
  process.once('disconnect', () => {
    setTimeout(() => process.kill(process.pid, 'SIGKILL'), GRACE_MS).unref();
    process.kill(process.pid, 'SIGTERM');
  });
  // Listening to the parent must not keep the process alive by itself.
  process.channel?.unref();
}
