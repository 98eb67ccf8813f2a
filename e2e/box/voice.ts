import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * What the microphone of a browser hears: a voice for one second of four, as people speak who listen to three others. Chromium's own beeps without
 * an end, which nobody does, and eight of it keep a small machine busy with sound alone. @returns the file, for `--use-file-for-fake-audio-capture`
 */
export async function voice(folder: string): Promise<string> {
  const [rate, seconds] = [48_000, 4];
  const samples = new Int16Array(rate * seconds);
  // Two tones of a voice that rise and fall four times a second.
  for (let i = 0; i < rate; i++) samples[i] = 9_000 * Math.sin((Math.PI * 4 * i) / rate) ** 2 * (Math.sin((2 * Math.PI * 180 * i) / rate) + 0.5 * Math.sin((2 * Math.PI * 620 * i) / rate));
  const head = Buffer.alloc(44);
  head.write('RIFF', 0);
  head.writeUInt32LE(36 + samples.byteLength, 4);
  head.write('WAVEfmt ', 8);
  // PCM, one channel, sixteen bits.
  for (const [at, value, size] of [[16, 16, 4], [20, 1, 2], [22, 1, 2], [24, rate, 4], [28, rate * 2, 4], [32, 2, 2], [34, 16, 2]] as const) head.writeUIntLE(value, at, size);
  head.write('data', 36);
  head.writeUInt32LE(samples.byteLength, 40);
  const file = join(folder, 'voice.wav');
  await writeFile(file, Buffer.concat([head, Buffer.from(samples.buffer)]));
  return file;
}
