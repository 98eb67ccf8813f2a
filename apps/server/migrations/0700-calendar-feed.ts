import type { Migration } from './migration.ts';

/** Addresses at which other programs subscribe to a calendar: only a fingerprint of the secret in them is kept. */
export const calendarFeed: Migration = {
  name: '0700-calendar-feed',
  sql: `
    create table calendar_feed (
      workspace int not null default 1,
      calendar uuid not null,
      person uuid not null,
      secret bytea not null check (length(secret) = 32),
      since bigint not null,
      fetched bigint,
      primary key (workspace, calendar, person)
    );
    create unique index calendar_feed_by_secret on calendar_feed (workspace, secret);`,
};
