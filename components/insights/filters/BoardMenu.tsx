'use client'

import { Ellipsis, Goal, MessageSquareText } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { ActionMenu, type MenuEntry } from '#components/ui/ActionMenu.tsx'
import { IconButton } from '#components/ui/IconButton.tsx'

/** What stands behind the board: notes and targets. */
export function BoardMenu({ maySetTargets }: { maySetTargets: boolean }) {
  const t = useTranslations('board.more')
  const entries: MenuEntry[] = [
    {
      id: 'annotations',
      label: t('annotations'),
      icon: <MessageSquareText size={16} />,
      href: '/insights/annotations',
    },
  ]
  if (maySetTargets) {
    entries.push({ id: 'targets', label: t('targets'), icon: <Goal size={16} />, href: '/insights/targets' })
  }
  return (
    <ActionMenu
      label={t('label')}
      entries={entries}
      trigger={(props) => (
        <IconButton {...props} label={t('label')}>
          <Ellipsis />
        </IconButton>
      )}
    />
  )
}
