/** Whether mail goes to its server in the open: only where the setting says so, and never with a password. */
export const isPlain = (server: URL): boolean => server.protocol === 'smtp:' && server.search === '?plain' && !server.username;
