'use client'

import { useTranslations } from 'next-intl'
import { Tab, TabStrip } from '#components/ui/TabStrip.tsx'
import { type IntegrationTab, integrationTabs } from './tabs.ts'

type Props = {
  shown: IntegrationTab
  /** The tabs that the account may open. */
  tabs: readonly IntegrationTab[]
}

export function IntegrationTabs({ shown, tabs }: Props) {
  const t = useTranslations('integrations.tabs')
  if (tabs.length < 2) return null
  return (
    <TabStrip label={t('label')} shown={shown}>
      {tabs.map((tab) => (
        <Tab key={tab} href={integrationTabs[tab]} isShown={tab === shown}>
          {t(tab)}
        </Tab>
      ))}
    </TabStrip>
  )
}
