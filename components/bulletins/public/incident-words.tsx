import type { ReactNode } from 'react'
import type { Locale } from '#messages/locales.ts'
import { languageOfName, nameIn } from '#server/platform/rules/filters/things.ts'

type Named = { name: string; nameEn: string }

/** The values of a sentence with the name of an incident. A Vietnamese name in an English sentence is read as such. */
export function incidentWords(incident: Named, locale: Locale) {
  const language = languageOfName(incident, locale === 'en')
  return {
    incident: nameIn(incident, locale === 'en'),
    name: (chunks: ReactNode) => (language === locale ? chunks : <span lang={language}>{chunks}</span>),
  }
}

/** The same for a text without elements: a title, a line in print. */
export const plainIncident = (incident: Named, locale: Locale) => ({
  incident: nameIn(incident, locale === 'en'),
  name: (chunks: string) => chunks,
})
