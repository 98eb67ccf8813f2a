import './shell/older.ts';
import { render } from 'preact';
import { Boot } from './shell/Boot.tsx';

// Told once and early, long before anyone is asked whether the icon may stand on the screen.
addEventListener('beforeinstallprompt', (offer) => {
  offer.preventDefault();
  Object.assign(globalThis, { noroshiOffer: offer });
});
render(<Boot />, document.getElementById('noroshi')!);
