import type { Id, Moment } from '@noroshi/foundations/kernel';
import type { Beside, OnTheLine } from '@noroshi/foundations/sync/server';
import type { DeviceState, DownSignal, Seat, Via } from '../signal.ts';

/** By what a device hears. */
export type Carrier = Parameters<Beside['open']>[1];

/** A device in a call. */
export interface Chair {
  readonly device: Id;
  readonly person: Id;
  readonly session: Id;
  readonly who: OnTheLine;
  readonly seat: number;
  state: DeviceState;
  carrier: Carrier | undefined;
  /** When it was last heard. */
  heard: Moment;
}

/** A call as this server holds it. */
export interface Table {
  readonly room: Id;
  readonly call: Id;
  readonly chairs: Map<Id, Chair>;
  via: Via;
  /** Who may point, where one shows. */
  lets: Id | null;
}

/** What the others are told of a device. */
export const seatOf = ({ device, person, seat, state }: Chair): Seat => ({ device, person, seat, state });

/** Says something to whoever hears by this; to nobody where they are away. */
export function tell(carrier: Carrier | undefined, said: DownSignal): void {
  carrier?.send(JSON.stringify(said));
}
