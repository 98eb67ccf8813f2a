import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { downloadType, harmlessName } from './files.ts';
import { cleanPicture, takenIn } from './pictures.ts';

const latin1 = (text: string): number[] => [...text].map((letter) => letter.charCodeAt(0));
const bytes = (...parts: (number | readonly number[] | Uint8Array)[]): Uint8Array<ArrayBuffer> => Uint8Array.from(parts.flatMap((p) => (typeof p === 'number' ? [p] : [...p])));
const u16 = (n: number): number[] => [n >> 8 & 255, n & 255];
const u32 = (n: number): number[] => [n >>> 24, n >> 16 & 255, n >> 8 & 255, n & 255];
const little = (n: number): number[] => u32(n).toReversed();
const segment = (marker: number, payload: readonly number[]): number[] => [0xff, marker, ...u16(payload.length + 2), ...payload];

/** The notes of a camera: time with its zone, a place in 西予市野村町, the model, and which way is up. */
function exif({ up = 1, zone = '+09:00', lat = [33, 22, 30] as number[], south = false } = {}): number[] {
  const model = latin1('NOROSHI-CAM\0');
  const zoneText = latin1(`${zone}\0`);
  const entry = (tag: number, type: number, count: number, value: readonly number[]): number[] => [...u16(tag), ...u16(type), ...u32(count), ...value];
  const rootAt = 8;
  const exifAt = rootAt + 2 + 5 * 12 + 4;
  const gpsAt = exifAt + 2 + 2 * 12 + 4;
  const dataAt = gpsAt + 2 + 4 * 12 + 4;
  const taken = latin1('2018:07:07 06:37:12\0');
  const degrees = (parts: readonly number[]): number[] => parts.flatMap((p) => [...u32(p * 100), ...u32(100)]);
  const at = { model: dataAt, taken: dataAt + model.length, zone: dataAt + model.length + taken.length, lat: dataAt + model.length + taken.length + 8, lon: dataAt + model.length + taken.length + 32 };
  return [
    ...latin1('MM'), ...u16(42), ...u32(rootAt),
    ...u16(5), ...entry(0x0110, 2, model.length, u32(at.model)), ...entry(0x0112, 3, 1, [...u16(up), 0, 0]), ...entry(0x0132, 2, 20, u32(at.taken)), ...entry(0x8769, 4, 1, u32(exifAt)), ...entry(0x8825, 4, 1, u32(gpsAt)), ...u32(0),
    ...u16(2), ...entry(0x9003, 2, 20, u32(at.taken)), ...entry(0x9011, 2, zone ? 7 : 1, zone ? u32(at.zone) : [0, 0, 0, 0]), ...u32(0),
    ...u16(4), ...entry(1, 2, 2, [...latin1(south ? 'S' : 'N'), 0, 0, 0]), ...entry(2, 5, 3, u32(at.lat)), ...entry(3, 2, 2, [...latin1('E'), 0, 0, 0]), ...entry(4, 5, 3, u32(at.lon)), ...u32(0),
    ...model, ...taken, ...zoneText.concat([0, 0, 0, 0, 0, 0, 0, 0]).slice(0, 8), ...degrees(lat), ...degrees([132, 37, 48]),
  ];
}
/** A photograph as a camera wrote it, and the same without what the camera noted. */
const asTaken = new Uint8Array(readFileSync(new URL('../../apps/server/demo/photos/flood.jpg', import.meta.url)));
const flood = cleanPicture(asTaken)!.bytes;
/** A real photograph with a camera's notes and a comment put into it, and a ZIP behind its end. */
const withNotes = (notes = exif(), of: Uint8Array = flood): Uint8Array<ArrayBuffer> => bytes(of.subarray(0, 2), segment(0xe1, [...latin1('Exif\0\0'), ...notes]), segment(0xe1, latin1('http://ns.adobe.com/xap/1.0/\0<x:xmpmeta/>')), segment(0xfe, latin1('secret comment')), of.subarray(2), latin1('PK\x03\x04<script>alert(1)</script>'));
const png = (...chunks: readonly [string, readonly number[]][]): Uint8Array<ArrayBuffer> => bytes(0x89, latin1('PNG\r\n\x1a\n'), ...chunks.map(([name, data]) => [...u32(data.length), ...latin1(name), ...data, 0, 0, 0, 0]));
const header = (width: number, height: number): [string, number[]] => ['IHDR', [...u32(width), ...u32(height), 8, 2, 0, 0, 0]];
const riff = (...chunks: readonly [string, readonly number[]][]): Uint8Array<ArrayBuffer> => {
  const body = chunks.flatMap(([name, data]) => [...latin1(name), ...little(data.length), ...data, ...(data.length % 2 ? [0] : [])]);
  return bytes(latin1('RIFF'), little(body.length + 4), latin1('WEBP'), body);
};
const lossless = (width: number, height: number): [string, number[]] => ['VP8L', [0x2f, ...little((width - 1) | ((height - 1) << 14)), 0]];
/** As large as a photograph may be, and nothing in it but empty tables: what killed a server once. */
function millionsOfSegments(): Uint8Array {
  const whole = new Uint8Array(15 * 1024 * 1024);
  const end = bytes(segment(0xc0, [8, 0, 16, 0, 16, 1, 1, 0x11, 0]), segment(0xda, [1, 1, 0, 0, 0x3f, 0]), 0x12, 0x34, 0xff, 0xd9);
  whole.set([0xff, 0xd8]);
  for (let at = 2; at + 4 + end.length <= whole.length; at += 4) whole.set([0xff, 0xdb, 0, 2, ...(at + 8 + end.length > whole.length ? end : [])], at);
  return whole;
}
const spelled = (data: Uint8Array): string => Buffer.from(data).toString('latin1');

describe('FL1 what a camera notes', () => {
  it('is read: when, with its own time zone, and where', () => {
    expect(takenIn(withNotes(), 0)).toEqual({ at: Date.UTC(2018, 6, 6, 21, 37, 12), lat: 33.375, lon: 132.63 });
  });
  it('is read from a photograph as an image programme writes it', () => {
    expect(takenIn(asTaken, 9 * 60)).toEqual({ at: 1530916938000, lat: 33.3727, lon: 132.6332 });
  });
  it('is taken in the time zone of the device where the camera does not say', () => {
    expect(takenIn(withNotes(exif({ zone: '' })), 9 * 60).at).toBe(Date.UTC(2018, 6, 6, 21, 37, 12));
  });
  it('knows the south', () => {
    expect(takenIn(withNotes(exif({ south: true })), 0).lat).toBe(-33.375);
  });
  it('is read from PNG and WebP too', () => {
    expect(takenIn(png(header(4, 3), ['eXIf', exif()], ['IDAT', [0]], ['IEND', []]), 0)).toMatchObject({ lat: 33.375 });
    expect(takenIn(riff(lossless(4, 3), ['EXIF', exif()]), 0)).toMatchObject({ lat: 33.375 });
  });
  it('is nothing where there is none, where it is broken, and where a place is none', () => {
    expect(takenIn(flood, 0)).toEqual({});
    expect(takenIn(withNotes(exif({ lat: [233, 0, 0] })), 0)).toEqual({ at: Date.UTC(2018, 6, 6, 21, 37, 12) });
    for (let length = 0; length < 260; length++) expect(takenIn(withNotes(exif().slice(0, length), flood.subarray(0, 400)), 0)).toBeTypeOf('object');
  });
});

describe('FL2 a picture', () => {
  it('is cleaned of all that does not draw it, and of all that lies behind it', () => {
    const clean = cleanPicture(withNotes())!;
    expect(clean).toMatchObject({ type: 'image/jpeg', width: 1280, height: 960 });
    expect(spelled(clean.bytes)).not.toMatch(/NOROSHI-CAM|Exif|secret|xmpmeta|script|2018/);
    expect(Buffer.from(clean.bytes).equals(Buffer.from(cleanPicture(flood)!.bytes))).toBe(true);
    expect(takenIn(clean.bytes, 0)).toEqual({});
  });
  it('keeps which way is up, and nothing else of the camera', () => {
    const clean = cleanPicture(withNotes(exif({ up: 6 })))!;
    expect(clean).toMatchObject({ width: 960, height: 1280 });
    expect(spelled(clean.bytes)).not.toMatch(/NOROSHI-CAM|2018/);
    expect(cleanPicture(clean.bytes)).toMatchObject({ width: 960, height: 1280 });
  });
  it('may be PNG or WebP', () => {
    const clean = cleanPicture(png(header(4, 3), ['tEXt', latin1('Author\0me')], ['eXIf', exif()], ['IDAT', [1, 2]], ['IEND', []]))!;
    expect(clean).toMatchObject({ type: 'image/png', width: 4, height: 3 });
    expect(spelled(clean.bytes)).not.toMatch(/Author|NOROSHI-CAM/);
    const web = cleanPicture(riff(['VP8X', [0x0c, 0, 0, 0, 3, 0, 0, 2, 0, 0]], lossless(4, 3), ['EXIF', exif()], ['XMP ', latin1('<x/>')]))!;
    expect(web).toMatchObject({ type: 'image/webp', width: 4, height: 3 });
    expect(web.bytes[20]).toBe(0);
    expect(new DataView(web.bytes.buffer).getUint32(4, true)).toBe(web.bytes.length - 8);
    expect(spelled(web.bytes)).not.toMatch(/NOROSHI-CAM|<x/);
  });
  it.each([
    ['nothing', new Uint8Array(0)],
    ['words', bytes(latin1('<html><script>alert(1)</script>'))],
    ['an SVG', bytes(latin1('<svg xmlns="http://www.w3.org/2000/svg"/>'))],
    ['a ZIP', bytes(latin1('PK\x03\x04'))],
    ['a JPEG cut off', flood.subarray(0, flood.length - 2)],
    ['only the beginning of a JPEG', flood.subarray(0, 100)],
    ['a JPEG that ends before it is drawn', bytes(0xff, 0xd8, 0xff, 0xd9, latin1('<script>'))],
    ['a PNG without pixels', png(header(4, 3), ['IEND', []])],
    ['a PNG that unfolds to fill the memory', png(header(19_000, 19_000), ['IDAT', [0]], ['IEND', []])],
    ['a PNG without width', png(header(0, 3), ['IDAT', [0]], ['IEND', []])],
    ['a JPEG of millions of segments', millionsOfSegments()],
    ['a PNG of more chunks than any has', png(header(4, 3), ...Array.from({ length: 10_000 }, (): [string, number[]] => ['IDAT', [0]]), ['IEND', []])],
    ['a WebP of more chunks than any has', riff(lossless(4, 3), ...Array.from({ length: 10_000 }, (): [string, number[]] => ['EXIF', []]))],
    ['a WebP longer than it is', bytes(latin1('RIFF'), little(900), latin1('WEBP'), latin1('VP8L'))],
  ])('is not %s', (_name, data) => {
    expect(cleanPicture(data)).toBeUndefined();
  });
  it('may come in thousands of parts, as some programmes write it', () => {
    const whole = png(header(4, 3), ...Array.from({ length: 4_000 }, (_, i): [string, number[]] => (i % 2 ? ['tEXt', [1]] : ['IDAT', [i & 255]])), ['IEND', []]);
    const drawn = png(header(4, 3), ...Array.from({ length: 2_000 }, (_, i): [string, number[]] => ['IDAT', [i * 2 & 255]]), ['IEND', []]);
    expect(Buffer.from(cleanPicture(whole)!.bytes).equals(Buffer.from(drawn))).toBe(true);
  });
  it('is never read past its end, whatever is broken in it', () => {
    const noted = withNotes();
    for (let i = 0; i < 900; i++) {
      const broken = noted.slice(0, 2_000);
      broken[i] = 255 - broken[i]!;
      expect(() => [cleanPicture(broken), takenIn(broken, 0)]).not.toThrow();
    }
  });
});

describe('FL3 a name', () => {
  it.each([
    ['避難所名簿（第3報）.xlsx', '避難所名簿（第3報）.xlsx'],
    ['../../etc/passwd', '_.._etc_passwd'],
    ['C:\\報告\\被害.pdf', 'C__報告_被害.pdf'],
    ['写真\u202Egpj.exe', '写真gpj.exe'],
    ['a\r\nSet-Cookie: x.txt', 'aSet-Cookie_ x.txt'],
    ['\u200b\u0000\u0007', 'file'],
    ['CON.txt', '_CON.txt'],
    ['.htaccess', 'htaccess'],
    ['終わり. . ', '終わり'],
    ['か\u3099.txt', 'が.txt'],
    ['half \ud800 pair.txt', 'half pair.txt'],
    ['"; filename=x.html', '_; filename=x.html'],
  ])('%j is harmless as %j', (name, harmless) => {
    expect(harmlessName(name)).toBe(harmless);
    expect(harmlessName(harmless)).toBe(harmless);
  });
  it('is cut so that its ending stays', () => {
    expect(harmlessName(`${'長'.repeat(200)}.docx`)).toBe(`${'長'.repeat(75)}.docx`);
  });
});

describe('FL4 a type', () => {
  const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
  it.each([
    [xlsx, 'PK\x03\x04', xlsx],
    [xlsx, '<html>', 'application/octet-stream'],
    ['image/png', '<svg xmlns="', 'application/octet-stream'],
    ['text/html', '<html>', 'application/octet-stream'],
    ['image/svg+xml', '<svg>', 'application/octet-stream'],
    ['text/csv; charset=utf-8', '市町,人数', 'text/csv'],
    ['text/plain', 'a\0b', 'application/octet-stream'],
    ['text/html', '%PDF-1.7', 'application/pdf'],
    ['text/html', 'PK\x03\x04', 'application/zip'],
    ['text/html', '\x1a\x45\xdf\xa3\x9fB\x86\x81\x01B\x82\x84webm', 'video/webm'],
    ['video/webm', '<script>', 'application/octet-stream'],
  ])('claimed as %s and beginning with %j is %s', (claimed, head, type) => {
    expect(downloadType(claimed, new Uint8Array(Buffer.from(head, /[\x80-\xff]/.test(head) && !/[\u0100-\uffff]/.test(head) ? 'latin1' : 'utf8')))).toBe(type);
  });
});
