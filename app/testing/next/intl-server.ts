import { createFormatter, createTranslator } from 'use-intl/core'
import { messagesOf } from '#messages/catalog.ts'
import { defaultLocale, isLocale, localeCookie, timeZone } from '#messages/locales.ts'
import { messagesFor } from '../words.ts'
import { cookies } from './headers.ts'

/** The texts that a page itself writes, in the language of the cookie. */
export async function getLocale() {
  const wanted = (await cookies()).get(localeCookie)?.value
  return isLocale(wanted) ? wanted : defaultLocale
}

export async function getTranslations(given?: string | { namespace?: string; locale?: string }) {
  const asked = typeof given === 'object' ? given.locale : undefined
  const locale = isLocale(asked) ? asked : await getLocale()
  const namespace = typeof given === 'object' ? given.namespace : given
  return createTranslator({
    locale,
    messages: messagesFor(locale, namespace?.split('.')[0]),
    namespace: namespace as never,
    timeZone,
  })
}

export const getMessages = async () => messagesOf(await getLocale())
export const getTimeZone = async () => timeZone
export const getNow = async () => new Date()
export const getFormatter = async () => createFormatter({ locale: await getLocale(), timeZone })
