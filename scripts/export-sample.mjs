// npm run export:sample -- FILE: the record of the demo's disaster, to try `noroshi verify` upon.
import { resolve } from 'node:path';
import { become, ensureInstalled, pinnedNode } from './house.mjs';

const stands = process.env.INIT_CWD ?? process.cwd();
ensureInstalled();
become(pinnedNode(), ['apps/server/export-sample.ts', ...process.argv.slice(2).map((arg) => (arg.startsWith('--') ? arg : resolve(stands, arg)))]);
