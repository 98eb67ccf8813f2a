#!/usr/bin/env node
// npx noroshi verify FILE: checks a record that was taken out.
import { resolve } from 'node:path';
import { become, ensureInstalled, fail, pinnedNode } from './house.mjs';

const [deed, ...args] = process.argv.slice(2);
if (deed !== 'verify') fail('npx noroshi verify FILE [--checkpoints FILE]');
// A relative path starts where the person stands who asks for it, and not at the folder of Noroshi.
const stands = process.env.INIT_CWD ?? process.cwd();
ensureInstalled();
become(pinnedNode(), ['apps/server/verify.ts', ...args.map((arg) => (arg.startsWith('--') ? arg : resolve(stands, arg)))]);
