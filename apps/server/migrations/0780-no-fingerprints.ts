import type { Migration } from './migration.ts';

/**
 * The event that begins an import bore a fingerprint of the whole file, in its own time bare and since 0760 keyed: whoever had all other words of the
 * file could try against it those that were taken out since. It is known again by its lines and, as long as it is kept, by the fingerprint that stands with the file.
 *
 * As wherever words go, the field is emptied together with its salt: the commitment stays, so the record proves what it did before. The secret goes too,
 * so that what was named after a keyed one says nothing either.
 */
export const noFingerprints: Migration = {
  name: '0780-no-fingerprints',
  sql: `
    with named as (
      select b.workspace, b.stream, b.seq, b.salt, array(
        select f from (select jsonb_object_keys(b.json) union select unnest(b.emptied)) as fields (f) order by f collate "C") as fields
      from event_body b join event e using (workspace, stream, seq)
      where e.kind = 440 and b.json ? 'sha256'
    )
    update event_body b set
      json = b.json - 'sha256',
      emptied = array(select f from unnest(n.fields) as f where f = 'sha256' or f = any(b.emptied)),
      -- Sixteen bytes for each field, in the order of their names; one from before that loses it whole.
      salt = case when length(n.salt) = 16 * cardinality(n.fields)
        then overlay(n.salt placing decode(repeat('00', 16), 'hex') from 16 * (array_position(n.fields, 'sha256') - 1) + 1) else '' end
    from named n where b.workspace = n.workspace and b.stream = n.stream and b.seq = n.seq;

    -- Nor does the hash of the command say it.
    update command c set hash = '' from event e where e.kind = 440 and c.workspace = e.workspace and c.person = e.by and c.id = e.id;

    update noun set value = value - 'sha256' where noun = 'past';

    drop table past_key;`,
};
