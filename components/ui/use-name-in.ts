import { useLocale } from 'next-intl'
import { nameIn } from '#server/platform/rules/filters/things.ts'

/** The name of a thing in the language of the page. */
export function useNameIn(): (named: { name: string; nameEn: string }) => string {
  const isEnglish = useLocale() === 'en'
  return (named) => nameIn(named, isEnglish)
}
