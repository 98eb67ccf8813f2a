/** The stair's lower end. */
export { LowerEnd, type Told, type LowerEndNeeds } from './lower-end.web.ts';
export { Replica, type HeldMark, type HeldStream, type OutboxItem, type OutboxState } from './replica.web.ts';
export { pollWire, socketWire, type OpenWire, type Wire, type WireEvents } from './wire.web.ts';
export type { LineState } from './line.web.ts';
