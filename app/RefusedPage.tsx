import { MapPinOff, ShieldOff } from 'lucide-react'
import Link from 'next/link'
import { getTranslations } from 'next-intl/server'
import { EmptyState } from '#components/ui/EmptyState.tsx'

const icons = { forbidden: ShieldOff, notFound: MapPinOff }

/**
 * Shown instead of a page that does not exist or that the account may not see. It is sent along with every page, so it
 * holds nothing of the account; the link to the start page redirects each account to its home.
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
