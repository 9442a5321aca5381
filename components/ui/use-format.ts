import { useLocale } from 'next-intl'
import { type Format, formatOf } from './format.ts'

/** The formats of the page's language; in server components too. */
export function useFormat(): Format {
  return formatOf(useLocale())
}
