import { NextIntlClientProvider } from 'next-intl'
import { getMessages } from 'next-intl/server'
import type { ReactNode } from 'react'
import { Asleep } from '#components/ui/Asleep.tsx'
import type { MessageDomain } from './catalog.ts'
import { compiledOf } from './compiled.ts'

/** The domains that every staff page needs for its shell. */
export const shellDomains = [
  'common',
  'shell',
  'keyboard',
  'palette',
  'notifications',
  'refusals',
  'failures',
  'factor',
  'outbox',
  'lookups',
  'places',
] as const satisfies readonly MessageDomain[]

type Props = { domains: readonly MessageDomain[]; children: ReactNode }

/**
 * Sends only the named domains to the browser. An inner provider replaces the outer one, so name everything needed
 * below: `<ClientMessages domains={[...shellDomains, 'reports']}>`.
 */
export async function ClientMessages({ domains, children }: Props) {
  const messages = await getMessages()
  const chosen = Object.fromEntries(domains.map((domain) => [domain, compiledOf(messages[domain])]))
  return (
    <NextIntlClientProvider messages={chosen}>
      {children}
      <Asleep />
    </NextIntlClientProvider>
  )
}
