/** Set while a newer version is being taken up, also over a loading of the page. */
const takingUp = 'noroshi-taking-up';
/** A browser may let the older version's worker finish for minutes. Loaded anew, this page gives it nothing more to do (milliseconds). */
const longEnough = 3_000;

/**
 * Puts the application onto the device: only when the screen is readable, so that it does not compete with it on a thin line.
 * @param newer told when another version is on the device and waits to be taken up
 * @param wasAway the line has been away since this page was opened: the browser, which looked then, may have looked in vain, and the server may
 * have been brought up to date since. Elsewhere looking again is bytes for nothing
 */
export function keepOnDevice(newer: (takeOver: () => void) => void, wasAway: boolean): void {
  if (!('serviceWorker' in navigator) || !import.meta.env.PROD) return;
  const isTakingUp = (): boolean => sessionStorage.getItem(takingUp) !== null;
  const takenUp = (): void => {
    if (!isTakingUp()) return;
    sessionStorage.removeItem(takingUp);
    location.reload();
  };
  navigator.serviceWorker.addEventListener('controllerchange', takenUp);
  const waiting = (worker: ServiceWorker): void => newer(() => {
    sessionStorage.setItem(takingUp, '');
    worker.postMessage('takeOver');
    setTimeout(() => location.reload(), longEnough);
  });
  void navigator.serviceWorker.register('/service-worker.js').then((registration) => {
    if (registration.waiting && navigator.serviceWorker.controller) {
      waiting(registration.waiting);
      if (isTakingUp()) registration.waiting.postMessage('takeOver');
      // It was taken up while this page was being loaded, which may still be the older one.
    } else takenUp();
    if (wasAway && navigator.serviceWorker.controller) void lookForNewer();
    registration.addEventListener('updatefound', () => tellOf(registration, waiting));
    // It may be on its way since another window asked for it.
    tellOf(registration, waiting);
  }).catch(() => undefined);
}

/**
 * Tells when what is being put onto the device lies there, if it is newer than something. Whether it is, shows while it comes and not when it
 * is there: WebKit says that the very first lies there only after it has taken this page over.
 */
function tellOf({ installing, active }: ServiceWorkerRegistration, told: (worker: ServiceWorker) => void): void {
  if (active) installing?.addEventListener('statechange', () => { if (installing.state === 'installed') told(installing); });
}

/** Looks whether there is a newer version: the line has been away, and the server may have been brought up to date meanwhile. */
export async function lookForNewer(): Promise<void> {
  await (await navigator.serviceWorker?.getRegistration())?.update().catch(() => undefined);
}
