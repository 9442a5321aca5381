'use client'

import { CloudLightning, Ellipsis, FileText, Goal, Mail, MessageSquareText } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { ActionMenu, type MenuEntry } from '#components/ui/ActionMenu.tsx'
import { IconButton } from '#components/ui/IconButton.tsx'

type Props = {
  /** The incident the board is narrowed to. */
  incident: string | null
  maySetTargets: boolean
  mayMail: boolean
}

/** What stands behind the board: the course of a storm, the report to the leadership, notes and targets. */
export function BoardMenu({ incident, maySetTargets, mayMail }: Props) {
  const t = useTranslations('board.more')
  const entries: MenuEntry[] = [
    {
      id: 'storm',
      label: t('storm'),
      icon: <CloudLightning size={16} />,
      href: incident === null ? '/insights/storm' : `/insights/storm/${incident}`,
    },
    { id: 'weekly', label: t('weekly'), icon: <FileText size={16} />, href: '/insights/weekly' },
    {
      id: 'annotations',
      label: t('annotations'),
      icon: <MessageSquareText size={16} />,
      href: '/insights/annotations',
    },
  ]
  if (mayMail)
    entries.push({ id: 'mailings', label: t('mailings'), icon: <Mail size={16} />, href: '/insights/mailings' })
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
