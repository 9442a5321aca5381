'use client'

import { useTranslations } from 'next-intl'
import { useLanguage } from '#components/shell/LanguageSwitch.tsx'
import { usePreferences } from '#components/shell/PreferencesProvider.tsx'
import { useRefusalText } from '#components/trpc/use-refusal-text.ts'
import { CheckField } from '#components/ui/CheckField.tsx'
import { FormField } from '#components/ui/FormField.tsx'
import { SelectInput } from '#components/ui/TextInput.tsx'
import { useToast } from '#components/ui/Toasts.tsx'
import { type Locale, locales } from '#messages/locales.ts'
import type { Preferences } from '#server/accounts/rules/preferences.ts'
import styles from './AccountPage.module.css'
import { languageNames } from './LanguageLinks.tsx'

const densities: readonly Preferences['density'][] = ['compact', 'comfortable']
const afterSaves: readonly Preferences['afterSave'][] = ['stay', 'next', 'next_if_closed', 'back']

/**
 * The preferences of the account menu with explanations; each choice is saved at once. `leads`: the page of the morning
 * is the home of the account.
 */
export function PreferenceFields({ leads }: { leads: boolean }) {
  const t = useTranslations('accounts.preferences')
  const told = useTranslations('notifications')
  const toast = useToast()
  const refusalText = useRefusalText()
  const { preferences, choose } = usePreferences()
  const { locale, speak } = useLanguage()
  const keep = async (chosen: Partial<Preferences>) => {
    const isKept = await choose(chosen)
    toast(
      isKept ? { text: t('saved'), tone: 'success', key: 'preferences' } : { text: refusalText(null), tone: 'failure' },
    )
  }
  return (
    <div className={styles.form}>
      <FormField label={t('locale')}>
        {(field) => (
          <SelectInput {...field} value={locale} onChange={(event) => speak(event.target.value as Locale)}>
            {locales.map((each) => (
              <option key={each} value={each} lang={each}>
                {languageNames[each].long}
              </option>
            ))}
          </SelectInput>
        )}
      </FormField>
      <FormField label={t('density')}>
        {(field) => (
          <SelectInput
            {...field}
            value={preferences.density}
            onChange={(event) => keep({ density: event.target.value as Preferences['density'] })}
          >
            {densities.map((density) => (
              <option key={density} value={density}>
                {t(`densities.${density}`)}
              </option>
            ))}
          </SelectInput>
        )}
      </FormField>
      <FormField label={t('afterSave')}>
        {(field) => (
          <SelectInput
            {...field}
            value={preferences.afterSave}
            onChange={(event) => keep({ afterSave: event.target.value as Preferences['afterSave'] })}
          >
            {afterSaves.map((afterSave) => (
              <option key={afterSave} value={afterSave}>
                {t(`afterSaves.${afterSave}`)}
              </option>
            ))}
          </SelectInput>
        )}
      </FormField>
      <CheckField
        look="switch"
        label={t('singleKeys')}
        hint={t('singleKeysHint')}
        checked={preferences.singleKeys}
        onChange={(singleKeys) => keep({ singleKeys })}
      />
      <CheckField
        look="switch"
        label={told('mailSetting')}
        hint={told('mailSettingHint')}
        checked={preferences.mailNotifications}
        onChange={(mailNotifications) => keep({ mailNotifications })}
      />
      {leads && (
        <CheckField
          look="switch"
          label={t('mailToday')}
          hint={t('mailTodayHint')}
          checked={preferences.mailToday}
          onChange={(mailToday) => keep({ mailToday })}
        />
      )}
    </div>
  )
}
