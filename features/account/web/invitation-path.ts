/** Where the link of an invitation leads; its secret stands behind the `#`. */
export const invitationPath = '/invitation';
