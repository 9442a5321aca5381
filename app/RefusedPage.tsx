import { MapPinOff, ShieldOff } from 'lucide-react'
import Link from 'next/link'
import { getTranslations } from 'next-intl/server'
import { EmptyState } from '#components/ui/EmptyState.tsx'

const icons = { forbidden: ShieldOff, notFound: MapPinOff }

/**
 * In place of a page that is not there, or not for this account. It knows nobody, for it travels with every page, those that are kept
 * for everybody too: the start leads each account to its home.
 */
export async function RefusedPage({ why }: { why: keyof typeof icons }) {
  const t = await getTranslations('common')
  return (
    <EmptyState
      heading="h1"
      icon={icons[why]}
      title={t(`${why}.title`)}
      action={
        <Link href="/" prefetch={false}>
          {t('toStart')}
        </Link>
      }
    >
      {t(`${why}.sentence`)}
    </EmptyState>
  )
}
