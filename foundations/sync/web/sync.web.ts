/** The stair's lower end. */
export { LowerEnd, type Told, type LowerEndNeeds } from './lower-end.web.ts';
export { Replica } from './replica.web.ts';
export { clock, each, joined, mapped, mappedLater, Settable, type Watched } from './watched.web.ts';
export type { HeldMark, HeldStream, OutboxItem, OutboxState } from './store.web.ts';
export { fetchedWire, socketWire, type OpenWire, type Wire, type WireEvents } from './wire.web.ts';
export type { LineState } from './connection.web.ts';
export { offlineCode } from './connection.web.ts';
export type { Channel } from './tabs.web.ts';
export { hasLeft, leaving } from './leaving.web.ts';
export { LastingDb } from './lasting.web.ts';
export { liveQuery } from './live-query.web.ts';
export type { LostItem, MarkPlace } from './outbox-mark.web.ts';

/** Fetched where sockets are blocked. */
export const loadPollWire = async (): Promise<typeof import('./poll-wire.web.ts').pollWire> => (await import('./poll-wire.web.ts')).pollWire;

/** Fetched when someone is taken off this device: hardly ever. */
export const loadForget = (): Promise<typeof import('./forget.web.ts')> => import('./forget.web.ts');
