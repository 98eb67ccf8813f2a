/** The screens of 通話. */
import type { WebRoom } from '@noroshi/foundations/web';
import { CallStrip, CallTool, overEverything } from './CallStrip.tsx';

/** @param meet has the room here before a screen of it is drawn */
export function callWeb(meet: () => Promise<void>): WebRoom {
  const load = async () => (await meet(), import('./screens.ts'));
  return {
    name: 'call',
    pages: [{ path: '/call/:room', load }],
    cards: { call: async () => ({ default: (await load()).CallCard }) },
    strips: [CallStrip],
    tools: [CallTool],
    over: overEverything(async () => ({ default: (await load()).OverScreens })),
  };
}
