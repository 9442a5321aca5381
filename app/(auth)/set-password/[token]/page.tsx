import type { Metadata } from 'next'
import Link from 'next/link'
import { getTranslations } from 'next-intl/server'
import { Doorway } from '#components/accounts/Doorway.tsx'
import { SetPasswordForm } from '#components/accounts/SetPasswordForm.tsx'
import { TrpcProvider } from '#components/trpc/TrpcProvider.tsx'
import { openCaller } from '#server/trpc/caller.ts'

type Props = { params: Promise<{ token: string }> }

/** The address is the secret: no metadata passes it on. */
export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('accounts.setPassword')
  return { title: t('title'), referrer: 'no-referrer' }
}

export default async function SetPasswordPage({ params }: Props) {
  const { token } = await params
  const t = await getTranslations('accounts.setPassword')
  const account = token.length < 20 ? null : await (await openCaller()).accounts.passwordLink({ token })
  if (!account) {
    return (
      <Doorway title={t('notValid')}>
        <p>{t('notValidSentence')}</p>
        <p>
          <Link href="/sign-in">{t('toSignIn')}</Link>
        </p>
      </Doorway>
    )
  }
  return (
    <Doorway title={t('title')}>
      <TrpcProvider>
        <SetPasswordForm token={token} username={account.username} name={account.name} />
      </TrpcProvider>
    </Doorway>
  )
}
