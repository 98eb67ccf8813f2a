// npm run backup -- FILE / npm run restore -- FILE
import { become, ensureInstalled, pinnedNode } from './house.mjs';

ensureInstalled();
become(pinnedNode(), ['apps/server/backup.ts', ...process.argv.slice(2)]);
