/** The way in: what the house knows of the door before anybody is in it. */
export { doorPath, invitationPath } from './invitation-path.ts';

/** The door of the house, fetched only by who is not in yet. */
export const loadDoor = () => import('./DoorPage.tsx');
