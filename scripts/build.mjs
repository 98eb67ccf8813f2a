// npm run build: the screens and the server, where their sources have changed. The same that `npm start` does by itself.
import { ensureBuilt, ensureInstalled, pinnedNode } from './house.mjs';

ensureInstalled();
ensureBuilt(pinnedNode());
