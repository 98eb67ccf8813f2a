/** The shape of a migration. Beyond this type, a migration imports nothing: the code changes, what was once done does not. */
export type { Migration } from '@noroshi/foundations/database';
