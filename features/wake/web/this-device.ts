import type { Refusal } from '@noroshi/foundations/kernel';
import type { Language } from '@noroshi/foundations/i18n';
import { ask } from '@noroshi/foundations/web';
import { mine, sync, type DeviceState, type Mine } from '../device.ts';

/** Where this device keeps that its owner does not want to be woken on it. */
const wishKey = 'noroshi-waking-off';

const isApple = (): boolean => /iPhone|iPad|iPod/.test(navigator.userAgent) || (/Mac/.test(navigator.userAgent) && navigator.maxTouchPoints > 1);
/** How the icon and what wakes are set up differs by these three. */
export type DeviceKind = 'iphone' | 'android' | 'pc';
export const kindHere = (): DeviceKind => (isApple() ? 'iphone' : /Android/.test(navigator.userAgent) ? 'android' : 'pc');
export const isInstalled = (): boolean => matchMedia('(display-mode: standalone)').matches || (navigator as { standalone?: boolean }).standalone === true;

/** Whether this device could be woken, by what its browser says. */
export function stateHere(): DeviceState {
  if (!('serviceWorker' in navigator && 'PushManager' in globalThis && 'Notification' in globalThis)) return isApple() && !isInstalled() ? 'notInstalled' : 'unsupported';
  if (Notification.permission === 'denied') return 'denied';
  if (localStorage.getItem(wishKey)) return 'off';
  return Notification.permission === 'granted' ? 'on' : 'unasked';
}

/** The same, and whether what a browser may do it really does: subscriptions vanish without a word. */
export async function stateNow(): Promise<DeviceState> {
  const state = stateHere();
  if (state !== 'on') return state;
  const registration = await navigator.serviceWorker.getRegistration();
  return (await registration?.pushManager.getSubscription()) ? 'on' : 'failed';
}

/** The service worker that shows what comes; put onto the device now if it is not there yet. */
export async function registered(): Promise<ServiceWorkerRegistration> {
  await navigator.serviceWorker.register('/service-worker.js');
  return navigator.serviceWorker.ready;
}

const shapeOf = (subscription: PushSubscription) => {
  const { p256dh = '', auth = '' } = subscription.toJSON().keys ?? {};
  return { endpoint: subscription.endpoint, p256dh, auth };
};

/** Whether a subscription was made for this house's key: after the house has begun anew, it was not. */
function isFor(subscription: PushSubscription, publicKey: string): boolean {
  const key = subscription.options.applicationServerKey;
  return !key || btoa(String.fromCharCode(...new Uint8Array(key))).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '') === publicKey;
}

type Told = { readonly ok: true; readonly value: Mine } | Refusal;

/** Tells the house how it stands with this device. */
const say = (state: DeviceState, language: Language, subscription?: PushSubscription): Promise<Told> =>
  ask(sync, { state, language, ...(subscription ? { subscription: shapeOf(subscription) } : {}) });

/**
 * Subscribes, and tells the house. To be called in the press itself: Safari asks its owner only then.
 * @param publicKey for which the subscription is made
 */
export async function subscribe(registration: ServiceWorkerRegistration, publicKey: string, language: Language): Promise<Told> {
  localStorage.removeItem(wishKey);
  try {
    const subscription = await registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: publicKey });
    return await say('on', language, subscription);
  } catch (error) {
    console.warn(error);
    const state = stateHere();
    const told = await say(state === 'on' ? 'failed' : state, language);
    return told.ok ? { ok: false, code: state === 'denied' ? 'wake.denied' : 'wake.notSubscribed' } : told;
  }
}

/** This device is not woken any more, until its owner says otherwise. */
export async function unsubscribe(language: Language): Promise<Told> {
  localStorage.setItem(wishKey, '1');
  const registration = await navigator.serviceWorker.getRegistration();
  await (await registration?.pushManager.getSubscription())?.unsubscribe();
  return say('off', language);
}

/** Done at each start: the subscription is looked for, made anew where it has vanished, and told to the house. */
export async function resync(language: Language): Promise<Told> {
  const state = stateHere();
  if (state !== 'on') return say(state, language);
  const registration = await registered();
  let subscription = await registration.pushManager.getSubscription();
  if (subscription) {
    const told = await say('on', language, subscription);
    if (told.ok ? isFor(subscription, told.value.publicKey) : told.code !== 'wake.strangeSubscription') return told;
    await subscription.unsubscribe();
  }
  const how = await ask(mine, {});
  return how.ok ? subscribe(registration, how.value.publicKey, language) : how;
}
