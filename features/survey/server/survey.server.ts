/** The half of surveys on the server. What anonymous ones need is read when the first of them is answered: a start has no use for it. */
import type { Visit } from '@noroshi/features/account/server';
import type { Id } from '@noroshi/foundations/kernel';
import type { AtDoor, Stair } from '@noroshi/foundations/sync/server';
import { castBallot, signBallot, wantBox } from '../ballot.ts';
import type { Values } from '../form.ts';
import type { Boxes } from './boxes.server.ts';

interface On { readonly place: Id; readonly sheet: Id }

/** Who answers at the doors of surveys. */
export function surveyKeepers(stair: Stair): [string, AtDoor<Visit>][] {
  let made: Promise<Boxes> | undefined;
  const boxes = (): Promise<Boxes> => (made ??= import('./boxes.server.ts').then((all) => new all.Boxes(stair)));
  return [
    [wantBox.door, async ({ actor }, on: On) => (await boxes()).want(actor!.person, on)],
    [signBallot.door, async ({ actor }, on: On) => (await boxes()).sign(actor!.person, on)],
    // Whoever is signed in as well is not looked at.
    [castBallot.door, async ({ address }, cast: { sheet: Id; token: string; signature: string; values: Values }) => (await boxes()).cast(address, cast)],
  ];
}
