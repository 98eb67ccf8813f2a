import type { Migration } from './migration.ts';

/** Accounts: how people sign in, on which devices they are, how they are invited, and who tried to guess. */
export const account: Migration = {
  name: '0020-account',
  sql: `
    create table account (
      workspace int not null default 1,
      person uuid not null,
      -- As it is compared: folded to half width and small letters.
      login text not null,
      -- In PHC form, with its salt and cost; absent until one is set.
      password text,
      language text not null default 'ja' check (language in ('ja', 'en')),
      created bigint not null,
      primary key (workspace, person),
      unique (workspace, login)
    );

    -- Of each secret only its SHA-256: whoever reads this table cannot come in with it.
    create table account_session (
      workspace int not null default 1,
      id uuid not null,
      secret bytea not null,
      person uuid not null,
      device text not null,
      created bigint not null,
      seen bigint not null,
      expires bigint not null,
      revoked bigint,
      primary key (workspace, id),
      unique (workspace, secret)
    );
    create index account_session_by_person on account_session (workspace, person) where revoked is null;

    create table account_invitation (
      workspace int not null default 1,
      id uuid not null,
      secret bytea not null,
      -- Absent in the one that makes the house.
      person uuid,
      made_by uuid,
      created bigint not null,
      expires bigint not null,
      used bigint,
      claim uuid,
      session uuid,
      revoked bigint,
      primary key (workspace, id),
      unique (workspace, secret)
    );
    create index account_invitation_by_person on account_invitation (workspace, person) where used is null and revoked is null;

    create table account_attempt (
      workspace int not null default 1,
      no bigint generated always as identity,
      at bigint not null,
      person uuid,
      address text not null,
      device text not null,
      outcome text not null,
      primary key (workspace, no)
    );

    -- How often in a row a login or an address has failed, and until when it must wait.
    create table account_guessing (
      workspace int not null default 1,
      key text not null,
      failures int not null,
      at bigint not null,
      until bigint not null,
      primary key (workspace, key)
    );
  `,
};
