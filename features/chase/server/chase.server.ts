/** The chase's half on the server. */
export { Chaser, type ChaserNeeds } from './chaser.server.ts';
