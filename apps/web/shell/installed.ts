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
    registration.addEventListener('updatefound', () => {
      const worker = registration.installing;
      worker?.addEventListener('statechange', () => {
        if (worker.state === 'installed' && navigator.serviceWorker.controller) waiting(worker);
      });
    });
  }).catch(() => undefined);
}
