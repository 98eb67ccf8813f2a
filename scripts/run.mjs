// npm run demo / npm start: makes sure that everything is there, then runs the server.
import { become, ensureBuilt, ensureInstalled, pinnedNode } from './house.mjs';

ensureInstalled();
const node = pinnedNode();
ensureBuilt(node);
become(node, ['apps/server/main.ts', ...process.argv.slice(2)]);
