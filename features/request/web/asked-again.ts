import type { OutboxItem } from '@noroshi/foundations/sync/web';
import type { send } from '../send.ts';

/** What a request asks for. */
export type Asked = Parameters<typeof send.then>[0];

/** Where a request that was not taken is put right: its words stand there already. */
export const askAgain = (item: OutboxItem): string => `/request/new?room=${(item.input as Asked).room}&again=${item.id}`;
