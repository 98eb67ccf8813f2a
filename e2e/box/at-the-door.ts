import { afterAll, beforeAll } from 'vitest';
import { openDoor, type OpenDoor, type Visitor } from './door.ts';
import { hotline, type CastName, type Hotline } from './hotline.ts';

/** The hotline of the stories, and its door. */
export let box: Hotline;
export let door: OpenDoor;

/** Opens both for the file that says so; files share what they import, and so none can have it done by importing this. */
export function opensTheDoor(): void {
  beforeAll(async () => {
    box = await hotline();
    door = await openDoor(box.stair);
  });
  afterAll(async () => {
    await door?.close();
    await box?.close();
  });
}

/** Someone who has just come in by a link of their own. */
export const cameIn = (who: CastName, password?: string, address?: string): Promise<Visitor> => door.comesIn(box.cast[who].person, password, address);
