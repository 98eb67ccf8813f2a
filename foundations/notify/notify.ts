/** How someone is told outside the application: the notice, and what becomes of it. */
export { channels, type Channel, type Notice, type Teller, type Told } from './notice.ts';
export { shortLine, type Declared } from './declared.ts';
