/** Stands at a door of the server that asks for nothing. */
export const askDoor = (door: string): Promise<Response> => fetch(`/api/${door}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' });
