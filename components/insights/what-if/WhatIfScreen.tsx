'use client'

import { Building2, CalendarClock, Inbox, type LucideIcon, Printer } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { AgencyField } from '#components/agencies/AgencyField.tsx'
import { BackLink } from '#components/ui/BackLink.tsx'
import { Button } from '#components/ui/Button.tsx'
import { EmptyState } from '#components/ui/EmptyState.tsx'
import { PageHeader } from '#components/ui/PageHeader.tsx'
import { type WhatIfAddress, whatIfAddress } from '#server/insights/rules/what-if/scenario.ts'
import { leastBefore, leastDays, leastDue, mostLogged, type WhatIf } from '#server/insights/rules/what-if/what-if.ts'
import { WhatIfDesk } from './WhatIfDesk.tsx'
import styles from './WhatIfScreen.module.css'

type Props = {
  whatIf: WhatIf
  address: WhatIfAddress
  /** Whether the account may ask for any agency of the city. */
  mayChoose: boolean
}

/** What would come of more people, other limits or longer hours, and how far the answer can be trusted. */
export function WhatIfScreen({ whatIf, address, mayChoose }: Props) {
  const t = useTranslations('whatIf')
  const router = useRouter()
  const agency = whatIf.state === 'choose' ? null : whatIf.agency
  return (
    <>
      <PageHeader
        above={<BackLink href="/insights">{t('back')}</BackLink>}
        title={t('title')}
        aside={agency?.name}
        sentence={t('sentence')}
        actions={
          whatIf.state === 'ready' && (
            <Button icon={<Printer />} onClick={() => window.print()}>
              {t('print')}
            </Button>
          )
        }
      />
      {mayChoose && (
        <div className={styles.agency}>
          <AgencyField
            label={t('agency')}
            value={agency?.id ?? null}
            endedName={agency?.name ?? null}
            // Another agency has other people: only what does not depend on them is kept.
            onChange={(id) => router.push(whatIfAddress({ ...address, agency: id, people: null }))}
          />
        </div>
      )}
      {whatIf.state === 'ready' ? <WhatIfDesk ready={whatIf} address={address} /> : <Nothing whatIf={whatIf} />}
    </>
  )
}

/** Why nothing is simulated, and what to do. */
function Nothing({ whatIf }: { whatIf: Exclude<WhatIf, { state: 'ready' }> }) {
  const t = useTranslations('whatIf.nothing')
  const say = (icon: LucideIcon, title: string, sentence: ReactNode) => (
    <EmptyState icon={icon} title={title}>
      {sentence}
    </EmptyState>
  )
  switch (whatIf.state) {
    case 'choose':
      return say(Building2, t('choose.title'), t('choose.sentence'))
    case 'short':
      return say(
        CalendarClock,
        t('short.title', { least: leastDays }),
        t('short.sentence', { agency: whatIf.agency.name, days: whatIf.days, least: leastDays }),
      )
    case 'few':
      return say(
        Inbox,
        t('few.title'),
        t('few.sentence', {
          agency: whatIf.agency.name,
          count: whatIf.reports,
          before: leastBefore,
          due: leastDue,
        }),
      )
    case 'crowded':
      return say(Inbox, t('crowded.title'), t('crowded.sentence', { most: mostLogged, least: leastDays }))
  }
}
