import { breaks } from './breaks.ts';

// The device takes what comes behind a hole as if nothing were missing.
breaks('foundations/sync/web/taking-in.web.ts', [[`if (event.seq !== head + 1) return settle(replica, held, head, done, things, true);`, '']]);
