import { Bar, Chips, Page } from '@noroshi/foundations/ui';
import { useFrame, useWords } from '@noroshi/foundations/web';
import { useSettings } from './settings-context.ts';
import type { Settings } from './settings.ts';

/** This device's settings: language, size of text, light or dark, how much is carried. */
export function SettingsPage() {
  const { t } = useWords();
  const frame = useFrame();
  const { settings, change } = useSettings();
  return (
    <Page skipLabel={frame.skipLabel} tabs={frame.tabs} list={frame.rooms} content="form" head={<><Bar title={t('settings.title')} back={{ label: t('app.back'), href: '/more' }} />{frame.bands}</>}>
      <Chips legend={t('settings.language')} value={settings.language} onChange={(language) => change({ language })} choices={[{ value: 'ja', label: '日本語' }, { value: 'en', label: 'English' }]} />
      <Chips<Settings['text']> legend={t('settings.text')} value={settings.text} onChange={(text) => change({ text })} choices={(['100', '115', '130', '150', '200'] as const).map((value) => ({ value, label: `${value} %` }))} />
      <Chips<Settings['theme']> legend={t('settings.theme')} value={settings.theme} onChange={(theme) => change({ theme })} choices={[
        { value: 'system', label: t('settings.theme.system') }, { value: 'light', label: t('settings.theme.light') }, { value: 'dark', label: t('settings.theme.dark') },
      ]} />
      <Chips<Settings['data']> legend={t('settings.data')} value={settings.data} onChange={(data) => change({ data })} choices={[
        { value: 'auto', label: t('settings.data.auto'), note: t('settings.data.autoSays'), whole: true }, { value: 'low', label: t('settings.data.low'), note: t('settings.data.lowSays'), whole: true }, { value: 'full', label: t('settings.data.full'), note: t('settings.data.fullSays'), whole: true },
      ]} />
    </Page>
  );
}

