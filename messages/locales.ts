export const locales = ['vi', 'en'] as const
export type Locale = (typeof locales)[number]

export const defaultLocale: Locale = 'vi'
export const localeCookie = 'locale'

/** The desk uses the time of Hanoi wherever the browser is. */
export const timeZone = 'Asia/Ho_Chi_Minh'

export function isLocale(value: unknown): value is Locale {
  return locales.includes(value as Locale)
}
