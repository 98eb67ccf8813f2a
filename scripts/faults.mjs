// npm run test:faults -- --faults N --seed S, with --pair of two houses: see docs/decisions/0009-faults.md.
import { become, ensureInstalled, pinnedNode } from './house.mjs';

ensureInstalled();
become(pinnedNode(), ['e2e/faults/run.ts', ...process.argv.slice(2)]);
