'use client'

import { ImageDown } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { ActionMenu } from '#components/ui/ActionMenu.tsx'
import { Button } from '#components/ui/Button.tsx'
import type { BulletinView } from '#server/bulletins/queries/bulletin.ts'
import { type ShareShape, shareShapes } from '#server/bulletins/rules/share-image.ts'

/** The images of a published bulletin, to share in messengers. */
export function ShareMenu({ view }: { view: BulletinView }) {
  const t = useTranslations('bulletins.share')
  const isOut = view.slug && ['live', 'withdrawn', 'superseded'].includes(view.standing)
  if (!isOut && !(view.isExercise && view.publishedRevisionId)) return null
  const address = (shape: ShareShape, language: 'vi' | 'en') =>
    isOut
      ? `${language === 'en' ? '/en' : ''}/ban-tin/${view.slug}/chia-se-${shape}.png?tai=1`
      : `/api/bulletins/${view.id}/share-${shape}-${language}.png?tai=1`
  const languages = view.content.en ? (['vi', 'en'] as const) : (['vi'] as const)
  return (
    <ActionMenu
      label={t('menu')}
      entries={languages.flatMap((language) =>
        (Object.keys(shareShapes) as ShareShape[]).reverse().map((shape) => ({
          id: `${shape}-${language}`,
          label: t(shape),
          note: `${shareShapes[shape].width} × ${shareShapes[shape].height}${language === 'en' ? ` · ${t('inEnglish')}` : ''}`,
          href: address(shape, language),
        })),
      )}
      trigger={(props) => (
        <Button {...props} icon={<ImageDown />}>
          {t('button')}
        </Button>
      )}
    />
  )
}
