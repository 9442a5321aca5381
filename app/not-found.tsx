import { MapPinOff } from 'lucide-react'
import Link from 'next/link'
import { getTranslations } from 'next-intl/server'
import { EmptyState } from '#components/ui/EmptyState.tsx'

export default async function NotFound() {
  const t = await getTranslations('common.notFound')
  return (
    <EmptyState icon={MapPinOff} title={t('title')} action={<Link href="/reports">{t('toQueue')}</Link>}>
      {t('sentence')}
    </EmptyState>
  )
}
