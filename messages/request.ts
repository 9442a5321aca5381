import { cookies, headers } from 'next/headers'
import { getRequestConfig } from 'next-intl/server'
import { messagesOf } from './catalog.ts'
import { defaultLocale, isLocale, localeCookie, timeZone } from './locales.ts'

/**
 * The language of a request: the cookie's, else Vietnamese. Only the pages for everybody carry it in their address, because a
 * cache between knows no cookie.
 */
export default getRequestConfig(async ({ locale: asked }) => {
  const address = (await headers()).get('x-address') ?? ''
  const ofPage = /^\/(en\/)?ban-tin(?:[/?]|$)/.exec(address)
  const wanted = asked ?? (ofPage ? (ofPage[1] ? 'en' : 'vi') : (await cookies()).get(localeCookie)?.value)
  const locale = isLocale(wanted) ? wanted : defaultLocale
  return { locale, timeZone, messages: messagesOf(locale) }
})
