import { cookies } from 'next/headers'
import { getRequestConfig } from 'next-intl/server'
import { messagesOf } from './catalog.ts'
import { defaultLocale, isLocale, localeCookie, timeZone } from './locales.ts'

/**
 * The language of a request: the cookie's, else Vietnamese. The public pages have it in their address, and do not call
 * this.
 */
export default getRequestConfig(async ({ locale: asked }) => {
  const wanted = asked ?? (await cookies()).get(localeCookie)?.value
  const locale = isLocale(wanted) ? wanted : defaultLocale
  return { locale, timeZone, messages: messagesOf(locale) }
})
