import { CloudLightning } from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { IncidentStateChip } from '#components/incidents/IncidentStateChip.tsx'
import { BackLink } from '#components/ui/BackLink.tsx'
import { EmptyState } from '#components/ui/EmptyState.tsx'
import { Page } from '#components/ui/Page.tsx'
import { PageHeader } from '#components/ui/PageHeader.tsx'
import { useFormat } from '#components/ui/use-format.ts'
import { useNameIn } from '#components/ui/use-name-in.ts'
import type { Incident } from '#server/incidents/queries.ts'
import styles from './ScreenChoice.module.css'

/** The incidents, those in progress first: each links to its wall screen. */
export function ScreenChoice({ incidents }: { incidents: readonly Incident[] }) {
  const nameIn = useNameIn()
  const t = useTranslations('storm')
  const format = useFormat()
  const sorted = [...incidents].sort((a, b) => Number(b.underWay) - Number(a.underWay))
  return (
    <main>
      <Page width="reading">
        <PageHeader
          above={<BackLink href="/insights">{t('wall.back')}</BackLink>}
          title={t('wall.chooseTitle')}
          sentence={t('wall.chooseSentence')}
        />
        {sorted.length === 0 ? (
          <EmptyState icon={CloudLightning} title={t('noIncidents.title')}>
            {t('noIncidents.sentence')}
          </EmptyState>
        ) : (
          <ul className={styles.incidents}>
            {sorted.map((incident) => (
              <li key={incident.id}>
                <Link href={`/screen/${incident.id}`} className={styles.incident}>
                  <span className={styles.name}>{nameIn(incident)}</span>
                  <IncidentStateChip incident={incident} />
                  <span className={styles.span}>
                    {incident.endsAt
                      ? t('span', { from: format.dateTime(incident.startsAt), to: format.dateTime(incident.endsAt) })
                      : t('since', { from: format.dateTime(incident.startsAt) })}
                  </span>
                </Link>
              </li>
            ))}
          </ul>
        )}
      </Page>
    </main>
  )
}
