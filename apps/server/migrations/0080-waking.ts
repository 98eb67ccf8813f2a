import type { Migration } from './migration.ts';

/** How people are told outside the application: what was sent, on which devices they can be woken, and what they do not want to be woken for. */
export const waking: Migration = {
  name: '0080-waking',
  sql: `
    -- Each notice is here before it goes out, and its result after: so none goes out twice.
    create table notice (
      workspace int not null default 1,
      id uuid not null,
      person uuid not null,
      channel text not null check (channel in ('push', 'mail', 'sms', 'voice')),
      urgent boolean not null,
      drill boolean not null,
      at bigint not null,
      -- Absent while nobody knows what became of it.
      done bigint,
      reached int not null default 0,
      -- Why it reached nobody.
      code text,
      primary key (workspace, id)
    );
    create index notice_open on notice (at) where done is null;
    create index notice_by_time on notice using brin (at) with (autosummarize = on);

    -- The keys by which push services know this house.
    create table notify_key (
      workspace int not null default 1,
      public text not null,
      private text not null,
      made bigint not null,
      primary key (workspace)
    );

    -- A signed-in device: whether it can be woken, as it says itself, and where. It counts only while its session lasts.
    create table wake_device (
      workspace int not null default 1,
      session uuid not null,
      person uuid not null,
      state text not null,
      language text not null check (language in ('ja', 'en')),
      seen bigint not null,
      endpoint text,
      p256dh text,
      auth text,
      -- The last endpoint of which the push service said that it is no more: a browser may go on naming it.
      gone text,
      -- When a push was last taken for it, and why the last one was not.
      worked bigint,
      failed text,
      -- The last trial: its secret, when it was sent, when the device said that it had come.
      token uuid,
      tried bigint,
      confirmed bigint,
      primary key (workspace, session),
      unique (workspace, endpoint),
      check ((endpoint is null) = (p256dh is null) and (endpoint is null) = (auth is null))
    );
    create index wake_device_by_person on wake_device (workspace, person);

    create table wake_mute (
      workspace int not null default 1,
      person uuid not null,
      room uuid not null,
      primary key (workspace, person, room)
    );

    -- Quiet hours, in minutes of the day at the prefecture's clock; they may pass midnight.
    create table wake_hours (
      workspace int not null default 1,
      person uuid not null,
      begins int not null check (begins between 0 and 1439),
      ends int not null check (ends between 0 and 1439 and ends <> begins),
      primary key (workspace, person)
    );

    -- How far the log was followed for waking. It begins at what is there now: nobody is woken for what is past.
    create table wake_cursor (
      workspace int not null default 1,
      stream int not null,
      seen bigint not null,
      primary key (workspace, stream)
    );
    insert into wake_cursor (stream, seen) select no, head from stream;
  `,
};
