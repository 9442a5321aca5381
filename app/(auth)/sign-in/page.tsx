import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { Doorway } from '#components/accounts/Doorway.tsx'
import { Notice } from '#components/accounts/Notice.tsx'
import { SignInForm } from '#components/accounts/SignInForm.tsx'
import { ownAddress } from '#server/accounts/rules/own-address.ts'
import { isSessionRefusal } from '#server/accounts/rules/session.ts'
import { deskOrigin, openCaller, pageContext } from '#server/trpc/caller.ts'

type Query = Record<string, string | string[] | undefined>
type Props = { searchParams: Promise<Query> }

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('accounts.signIn')
  return { title: t('title') }
}

/** `from`: where the person wanted to go; `ended`: why it did not; `error`: what next-auth could not do. */
export default async function SignInPage({ searchParams }: Props) {
  const query = await searchParams
  // The start leads each account to its home.
  const from = ownAddress(one(query.from) ?? one(query.callbackUrl), await deskOrigin()) ?? '/'
  const { session } = await pageContext()
  if (session) redirect(from)
  const t = await getTranslations('accounts.signIn')
  const refusal = await getTranslations('refusals')
  const ways = await (await openCaller()).accounts.signInWays()
  const ended = one(query.ended)
  return (
    <Doorway title={t('title')}>
      {ended === 'signed_out' && <Notice>{t('signedOut')}</Notice>}
      {ended === 'password_set' && <Notice>{t('passwordSet')}</Notice>}
      {ended !== 'signed_out' && isSessionRefusal(ended) && <Notice>{refusal(ended)}</Notice>}
      <SignInForm from={from} refused={one(query.error) ?? null} {...ways} />
    </Doorway>
  )
}

function one(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value
}
