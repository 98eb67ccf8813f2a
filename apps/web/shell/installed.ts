/**
 * Puts the application onto the device: only when the screen is readable, so that it does not compete with it on a thin line.
 * @param newer told when another version is on the device and waits to be taken up
 */
export function keepOnDevice(newer: (takeOver: () => void) => void): void {
  if (!('serviceWorker' in navigator) || !import.meta.env.PROD) return;
  let asked = false;
  navigator.serviceWorker.addEventListener('controllerchange', () => {
    if (asked) location.reload();
  });
  const waiting = (worker: ServiceWorker): void => newer(() => {
    asked = true;
    worker.postMessage('takeOver');
  });
  void navigator.serviceWorker.register('/service-worker.js').then((registration) => {
    if (registration.waiting && navigator.serviceWorker.controller) waiting(registration.waiting);
    // The browser looked when the page was opened; the server may have been brought up to date since.
    if (navigator.serviceWorker.controller) void lookForNewer();
    registration.addEventListener('updatefound', () => {
      const worker = registration.installing;
      worker?.addEventListener('statechange', () => {
        if (worker.state === 'installed' && navigator.serviceWorker.controller) waiting(worker);
      });
    });
  }).catch(() => undefined);
}

/** Looks whether there is a newer version: the line has been away, and the server may have been brought up to date meanwhile. */
export async function lookForNewer(): Promise<void> {
  await (await navigator.serviceWorker?.getRegistration())?.update().catch(() => undefined);
}
