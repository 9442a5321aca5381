export const locales = ['vi', 'en'] as const
export type Locale = (typeof locales)[number]

export const defaultLocale: Locale = 'vi'
export const localeCookie = 'locale'

/** The desk works on Hanoi's clock wherever the browser stands. */
export const timeZone = 'Asia/Ho_Chi_Minh'

export function isLocale(value: unknown): value is Locale {
  return locales.includes(value as Locale)
}
