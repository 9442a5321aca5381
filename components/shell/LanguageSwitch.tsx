'use client'

import { useRouter } from 'next/navigation'
import { useLocale, useTranslations } from 'next-intl'
import { Button } from '#components/ui/Button.tsx'
import { Hint } from '#components/ui/Hint.tsx'
import { type Locale, localeCookie } from '#messages/locales.ts'
import { rememberHere } from './cookies.ts'
import { usePreferences } from './PreferencesProvider.tsx'

/** Changes the language of this browser at once, and that of the account for other machines. */
export function useLanguage(): { locale: Locale; other: Locale; speak: (locale: Locale) => void } {
  const locale = useLocale()
  const router = useRouter()
  const { choose } = usePreferences()
  const speak = (chosen: Locale) => {
    rememberHere(localeCookie, chosen)
    router.refresh()
    void choose({ locale: chosen })
  }
  return { locale, other: locale === 'vi' ? 'en' : 'vi', speak }
}

export function LanguageSwitch() {
  const t = useTranslations('shell.language')
  const { locale, other, speak } = useLanguage()
  return (
    <Hint text={t('to')} names>
      <Button
        variant="quiet"
        size="small"
        onClick={() => speak(other)}
        aria-label={`${locale.toUpperCase()} – ${t('here')}. ${t('to')}`}
      >
        {locale.toUpperCase()}
      </Button>
    </Hint>
  )
}
