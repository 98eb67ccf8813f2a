import type { Migration } from './migration.ts';

/**
 * The stair: streams, their numbered events with the words beside them, things as they are now,
 * answers to commands, watermarks, and what must happen later.
 */
export const stair: Migration = {
  name: '0010-stair',
  sql: `
    create table stream (
      workspace int not null default 1,
      no int not null,
      key text not null,
      head bigint not null default 0 check (head >= 0),
      messages bigint not null default 0,
      members int not null default 0,
      primary key (workspace, no),
      unique (workspace, key)
    );
    insert into stream (no, key) values (1, 'w');

    -- Which history these numbers belong to. Whoever brings a backup back gives it a new id: devices then start over.
    create table history (id uuid not null default gen_random_uuid());
    insert into history default values;

    -- Immutable. The words lie beside, in the only rows that redaction may empty; the commitments stay.
    create table event (
      workspace int not null default 1,
      stream int not null,
      seq bigint not null check (seq > 0),
      id uuid not null,
      n smallint not null,
      kind smallint not null,
      at bigint not null,
      by uuid not null,
      org uuid not null,
      incident uuid,
      drill boolean not null default false,
      message bigint,
      commitments bytea not null,
      primary key (workspace, stream, seq)
    );
    create table event_body (
      workspace int not null default 1,
      stream int not null,
      seq bigint not null,
      salt bytea not null,
      json jsonb not null,
      primary key (workspace, stream, seq)
    );

    -- Things as they are now: the fold of the events. One partition for each noun that needs its own indexes or checks.
    create table noun (
      workspace int not null default 1,
      noun text not null,
      id text not null,
      stream int not null,
      born bigint not null,
      seq bigint not null,
      value jsonb not null,
      primary key (workspace, noun, id)
    ) partition by list (noun);
    create table noun_message partition of noun for values in ('message');
    create index noun_message_by_stream on noun_message (workspace, stream, born);
    create table noun_other partition of noun default;
    create index noun_other_by_stream on noun_other (workspace, stream, born);

    -- The first answer to each command, kept so that a blind retry gets it again.
    create table command (
      workspace int not null default 1,
      person uuid not null,
      id uuid not null,
      name text not null,
      hash bytea not null,
      answer jsonb not null,
      at bigint not null,
      device_at bigint,
      primary key (workspace, person, id)
    );

    create table watermark (
      workspace int not null default 1,
      stream int not null,
      member int not null,
      delivered bigint not null default 0,
      -- All that was shown, as ranges of numbers: their union is right in whatever order devices and nodes tell it.
      seen int8multirange not null default '{}',
      at bigint not null default 0,
      primary key (workspace, stream, member)
    );
    -- When each advance of a watermark happened: who had read what, and when, stays a record.
    create table watermark_step (
      workspace int not null default 1,
      stream int not null,
      member int not null,
      at bigint not null,
      seen int8multirange not null
    );
    create index watermark_step_by_member on watermark_step (workspace, stream, member, at);
    create index watermark_step_by_time on watermark_step (at);

    create table job (
      workspace int not null default 1,
      id uuid not null,
      due bigint not null,
      command text not null,
      input jsonb not null,
      primary key (workspace, id)
    );
    create index job_by_due on job (due);
  `,
};
