import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { Doorway } from '#components/accounts/Doorway.tsx'
import { EnrolStep } from '#components/accounts/EnrolStep.tsx'
import { Notice } from '#components/accounts/Notice.tsx'
import { SecondFactorStep } from '#components/accounts/SecondFactorStep.tsx'
import { SignInForm } from '#components/accounts/SignInForm.tsx'
import { TrpcProvider } from '#components/trpc/TrpcProvider.tsx'
import { ownAddress } from '#server/accounts/rules/own-address.ts'
import { isSessionRefusal } from '#server/accounts/rules/session.ts'
import { deskOrigin, openCaller, pageContext } from '#server/trpc/caller.ts'

type Query = Record<string, string | string[] | undefined>
type Props = { searchParams: Promise<Query> }

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('accounts.signIn')
  return { title: t('title') }
}

/**
 * `from`: the address the visitor wanted; `ended`: why the last session ended; `error`: a failure code of next-auth.
 */
export default async function SignInPage({ searchParams }: Props) {
  const query = await searchParams
  // `/` redirects each account to its home page.
  const from = ownAddress(one(query.from) ?? one(query.callbackUrl), await deskOrigin()) ?? '/'
  const { session, pending } = await pageContext()
  if (session) redirect(from)
  if (pending) return <SecondStep from={from} />
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

/** The password was right; a second factor is still required. */
async function SecondStep({ from }: { from: string }) {
  const t = await getTranslations('accounts.factorStep')
  const step = await (await openCaller()).secondFactor.step()
  return (
    <Doorway title={t(step.step === 'enrol' ? 'enrolTitle' : 'title')}>
      <TrpcProvider>
        {step.step === 'enrol' ? <EnrolStep person={step} from={from} /> : <SecondFactorStep step={step} from={from} />}
      </TrpcProvider>
    </Doorway>
  )
}

function one(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value
}
