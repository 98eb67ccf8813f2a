import type { Migration } from './migration.ts';

/**
 * Each room knows whose account is closed, and a post which times it was left empty since someone was last seated by it.
 * Of accounts that are closed already their rooms are told by the clock, once; of the last time a post was left empty
 * becomes the list of such times, where it is still awaited.
 */
export const whoIsShut: Migration = {
  name: '0130-who-is-shut',
  sql: `
    insert into job (id, due, command, input)
      select gen_random_uuid(), 0, 'directory.tellRooms', jsonb_build_object('person', id)
      from noun where noun = 'person' and (value->>'disabled')::boolean;
    update noun set value = (value - 'vacated') || case
      when not value ? 'holder' or exists (select 1 from job where command = 'talk.seatPost' and input->>'post' = noun.id)
      then jsonb_build_object('vacancies', jsonb_build_array(value->'vacated')) else '{}' end
      where noun = 'post' and value ? 'vacated';
  `,
};
