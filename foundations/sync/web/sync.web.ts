/** The stair's lower end. */
export { LowerEnd, type Told, type LowerEndNeeds } from './lower-end.web.ts';
export { Replica } from './replica.web.ts';
export type { HeldMark, HeldStream, OutboxItem, OutboxState } from './store.web.ts';
export { pollWire, socketWire, type OpenWire, type Wire, type WireEvents } from './wire.web.ts';
export type { LineState } from './connection.web.ts';
export { offlineCode } from './connection.web.ts';
export type { Channel } from './tabs.web.ts';
export { hasLeft, leaving, letGoWhenDeleted } from './leaving.web.ts';

/** Fetched when someone is taken off this device: hardly ever. */
export const loadForget = (): Promise<typeof import('./forget.web.ts')> => import('./forget.web.ts');
