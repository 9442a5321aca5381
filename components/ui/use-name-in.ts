import { useLocale } from 'next-intl'

/** The name of a thing in the language of the page. */
export function useNameIn(): (named: { name: string; nameEn: string }) => string {
  const locale = useLocale()
  return ({ name, nameEn }) => (locale === 'en' ? nameEn : name)
}
