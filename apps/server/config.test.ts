import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readConfig, settingsTable } from './config.ts';

describe('the settings', () => {
  it('are all good when nothing is set', () => {
    expect(readConfig({}, [])).toMatchObject({ port: 8080, databaseUrl: null, logLevel: 'warn', demo: false, fresh: false });
    expect(readConfig({ PORT: '' }, [])).toMatchObject({ port: 8080 });
  });

  it('keep what the demo invents apart from what is real', () => {
    const real = readConfig({ NOROSHI_DATA: '/srv/狼煙' }, []);
    const demo = readConfig({ NOROSHI_DATA: '/srv/狼煙' }, ['--demo', '--fresh']);
    expect([real.dataFolder, demo.dataFolder]).toEqual(['/srv/狼煙', '/srv/狼煙/demo']);
    expect(() => readConfig({ DATABASE_URL: 'postgres://a@b/c' }, ['--demo'])).toThrow('DATABASE_URL must not be set');
    expect(() => readConfig({}, ['--fresh'])).toThrow('for the demo alone');
  });

  it.each([
    [{ PORT: 'abc' }, [], 'The setting PORT is "abc": it must be a whole number from 0 to 65535.'],
    [{ PORT: '65536' }, [], 'The setting PORT is "65536"'],
    [{ PORT: '-1' }, [], 'The setting PORT is "-1"'],
    [{ NOROSHI_LOG: 'loud' }, [], 'The setting NOROSHI_LOG is "loud": it must be one of silent, fatal'],
    [{ DATABASE_URL: 'mysql://user:secret@host/x' }, [], 'The setting DATABASE_URL cannot be used: it must be an address such as postgres://'],
    [{ NOROSHI_DTA: 'x' }, [], 'There is no setting NOROSHI_DTA.'],
    [{}, ['--dmeo'], 'There is no option "--dmeo".'],
  ])('stop the start with a sentence that names the bad one: %j %j', (environment, flags, sentence) => {
    expect(() => readConfig(environment as Record<string, string>, flags)).toThrow(sentence);
  });

  it('never repeat a password', () => {
    expect(() => readConfig({ DATABASE_URL: 'mysql://user:secret@host/x' }, [])).toThrow(/^(?!.*secret)/);
  });

  it('are in docs/operating.md as they are in the code', () => {
    const docs = readFileSync(new URL('../../docs/operating.md', import.meta.url), 'utf8');
    expect(docs).toContain(settingsTable());
  });
});
