// npm run bench -- NAME: makes sure that everything is there, then measures the server as it is started.
import { become, ensureBuilt, ensureInstalled, pinnedNode } from './house.mjs';

ensureInstalled();
const node = pinnedNode();
ensureBuilt(node);
become(node, ['bench/run.ts', ...process.argv.slice(2)]);
