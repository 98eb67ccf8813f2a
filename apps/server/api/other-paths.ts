import { largestFile } from '@noroshi/foundations/files';

type Refused = (...statuses: number[]) => Record<string, object>;

const id = { in: 'path', name: 'id', required: true, schema: { type: 'string' } };
const header = (name: string, description: string): object => ({ in: 'header', name, required: true, description, schema: { type: 'string' } });
const bytes = (type: string): object => ({ content: { [type]: {} } });
const speaksTus = header('Tus-Resumable', '1.0.0');

/** What is asked for by a path of its own and not by a name: files, which come and go in pieces, and documents. */
export function otherPaths(refused: Refused): Record<string, object> {
  return {
    '/files': {
      post: {
        operationId: 'files.begin', tags: ['files'],
        summary: `Begins the upload of a file that a message has announced (tus 1.0.0, up to ${largestFile} bytes).`,
        parameters: [speaksTus, header('Upload-Length', 'The size in bytes, as announced.'), header('Upload-Metadata', '`file` and the id of the file in base64.')],
        responses: { 201: { description: 'It may come, to the address in Location.' }, ...refused(400, 401, 403, 404, 409, 413, 429, 503) },
      },
    },
    '/files/{id}/upload': {
      parameters: [id, speaksTus],
      head: {
        operationId: 'files.offset', tags: ['files'], summary: 'Tells how many bytes of an upload are on the disk.',
        responses: { 200: { description: 'In Upload-Offset.' }, ...refused(401, 404) },
      },
      patch: {
        operationId: 'files.append', tags: ['files'], summary: 'Takes in more bytes of an upload. With the last of them the file is checked, and everyone in the room can fetch it.',
        parameters: [header('Upload-Offset', 'Where the bytes begin.')],
        requestBody: { required: true, ...bytes('application/offset+octet-stream') },
        responses: { 204: { description: 'They are on the disk up to Upload-Offset.' }, ...refused(400, 401, 403, 404, 409, 413, 415, 429, 503) },
      },
    },
    '/files/{id}': {
      parameters: [id],
      get: { operationId: 'files.get', tags: ['files'], summary: 'A file as it was sent, whole or in part (Range). Photographs are without what a camera notes.', responses: { 200: { description: 'The file.', ...bytes('*/*') }, 206: { description: 'A part of it.', ...bytes('*/*') }, 304: { description: 'The asker has it.' }, ...refused(401, 404) } },
    },
    '/files/{id}/thumb': {
      parameters: [id],
      get: { operationId: 'files.thumb', tags: ['files'], summary: 'The small picture of a photograph, which goes ahead of it.', responses: { 200: { description: 'The picture.', ...bytes('image/*') }, 304: { description: 'The asker has it.' }, ...refused(401, 404) } },
      put: { operationId: 'files.putThumb', tags: ['files'], summary: 'Takes in the small picture of a photograph that is coming.', requestBody: { required: true, ...bytes('image/*') }, responses: { 204: { description: 'It is here.' }, ...refused(400, 401, 403, 404, 409, 413, 429, 503) } },
    },
    '/documents/request/{id}.pdf': {
      parameters: [id, { in: 'query', name: 'lang', schema: { enum: ['ja', 'en'] } }],
      get: { operationId: 'documents.request', tags: ['request'], summary: 'The formal document of a dispatch request, with its sums and its history.', responses: { 200: { description: 'The document, A4.', ...bytes('application/pdf') }, ...refused(401, 404, 429) } },
    },
    '/documents/damage/{id}.pdf': {
      parameters: [id, { in: 'query', name: 'lang', schema: { enum: ['ja', 'en'] } }],
      get: { operationId: 'documents.damage', tags: ['damage'], summary: 'The damage of a disaster: of all towns together and of each. `<disaster>_<town>.pdf` is the report of one.', responses: { 200: { description: 'The document, A4.', ...bytes('application/pdf') }, ...refused(401, 404, 429) } },
    },
    '/documents/drill/{id}.pdf': {
      parameters: [id, { in: 'query', name: 'lang', schema: { enum: ['ja', 'en'] } }, { in: 'query', name: 'with', schema: { type: 'string' } }],
      get: { operationId: 'documents.drill', tags: ['drill'], summary: 'The after-action report of a drill, beside that of another where it is named.', responses: { 200: { description: 'The document, A4.', ...bytes('application/pdf') }, ...refused(401, 404, 429) } },
    },
    '/documents/record/{id}.zip': {
      parameters: [id],
      get: { operationId: 'documents.record', tags: ['record'], summary: 'A part of the record that was taken out by `record.export`, for who asked for it, within a day.', responses: { 200: { description: 'The zip, written as it goes: one that breaks off has no end.', ...bytes('application/zip') }, ...refused(401, 403, 404, 409, 429) } },
      delete: { operationId: 'documents.callOffRecord', tags: ['record'], summary: 'Calls off the writing of one that is being fetched.', responses: { 204: { description: 'It is not written on.' }, ...refused(401, 403, 404, 409) } },
    },
    '/documents/record/{id}.json': {
      parameters: [id],
      get: { operationId: 'documents.recordMaking', tags: ['record'], summary: 'How far the writing of one is: what part of it, so many of so many events, and how many bytes. Of what is written by another node it is `none`.', responses: { 200: { description: 'How far it is.', ...bytes('application/json') }, ...refused(401, 403, 404, 409) } },
    },
  };
}
