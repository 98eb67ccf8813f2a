/** Where the link of an invitation leads; its secret stands behind the `#`. */
export const invitationPath = '/invitation';
/** Where someone signs in whose device is still open to them, but not let in any more. */
export const doorPath = '/door';
