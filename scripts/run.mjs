// npm run demo / npm start: makes sure that everything is there, then runs the server.
import { readFileSync } from 'node:fs';
import { become, ensureBuilt, ensureInstalled, pinnedNode } from './house.mjs';

ensureInstalled();
const node = pinnedNode();
ensureBuilt(node);
const { flags } = JSON.parse(readFileSync(new URL('../apps/server/node-flags.json', import.meta.url), 'utf8'));
become(node, [...flags, 'apps/server/dist/main.js', ...process.argv.slice(2)]);
