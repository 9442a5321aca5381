'use client'

import { useTranslations } from 'next-intl'
import { type Property, PropertyList } from '#components/ui/PropertyList.tsx'
import type { Incident } from '#server/incidents/queries.ts'
import styles from './IncidentDetail.module.css'
import { useSpanWords } from './use-span-words.ts'

/** The properties of the incident, and its matcher. */
export function IncidentProperties({ incident }: { incident: Incident }) {
  const t = useTranslations('incidents')
  const matching = useTranslations('matching.subTypes')
  const areas = useTranslations('areas')
  const spanOf = useSpanWords()
  const { leadAgency, note, subTypes, keywords } = incident
  const items: Property[] = [
    { key: 'span', label: t('detail.span'), value: spanOf(incident, true) },
    {
      key: 'areas',
      label: t('detail.areas'),
      value: incident.areas.length === 0 ? areas('whole') : incident.areas.map(({ name }) => name).join(', '),
    },
    ...(leadAgency ? [{ key: 'lead', label: t('detail.lead'), value: leadAgency.name }] : []),
    ...(subTypes.length > 0
      ? [
          {
            key: 'subTypes',
            label: t('detail.subTypes'),
            value: subTypes.map((subType) => matching(subType)).join(', '),
          },
        ]
      : []),
    ...(keywords.length > 0
      ? [{ key: 'keywords', label: t('detail.keywords'), value: <span lang="vi">{keywords.join(', ')}</span> }]
      : []),
    ...(note ? [{ key: 'note', label: t('detail.note'), value: <span className={styles.note}>{note}</span> }] : []),
  ]
  return (
    <section className={styles.panel} aria-labelledby="incident-properties">
      <h2 id="incident-properties" className={styles.heading}>
        {t('detail.properties')}
      </h2>
      <PropertyList items={items} />
    </section>
  )
}
