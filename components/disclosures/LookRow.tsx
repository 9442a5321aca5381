'use client'

import { useTranslations } from 'next-intl'
import { Button } from '#components/ui/Button.tsx'
import { Cell } from '#components/ui/Table.tsx'
import { useFormat } from '#components/ui/use-format.ts'
import type { Look } from '#server/disclosures/queries/looks.ts'
import styles from './Disclosures.module.css'
import { PersonLine } from './PersonLine.tsx'

type Props = { look: Look; onOpen: (look: Look) => void }

/** One look: time, account, purpose, number of persons, persons, reason. */
export function LookRow({ look, onOpen }: Props) {
  const t = useTranslations('disclosures')
  const format = useFormat()
  const { account, onBehalfOf, purpose, searchedPhone, first, reports, persons } = look
  const others = reports - first.length
  return (
    <tr>
      <Cell label={t('columns.at')}>
        <time dateTime={look.at.toISOString()} className={styles.at}>
          {format.dateTime(look.at)}
        </time>
      </Cell>
      <Cell heading>
        {account.name}
        <span className={styles.quiet}>
          {onBehalfOf
            ? t('onBehalfOf', { agency: account.agency, name: onBehalfOf })
            : [account.username, account.agency].join(' · ')}
        </span>
      </Cell>
      <Cell label={t('columns.purpose')}>
        {t(`purposes.${purpose}`)}
        {searchedPhone && <span className={styles.quiet}>{t('searchedPhone', { phone: searchedPhone })}</span>}
      </Cell>
      <Cell label={t('columns.persons')} align="end">
        {format.number(persons)}
      </Cell>
      <Cell label={t('columns.whom')}>
        {first.length === 0 ? (
          t('nobody')
        ) : (
          <ul className={styles.persons}>
            {first.map((person) => (
              <li key={person.reportId}>
                <PersonLine person={person} />
              </li>
            ))}
          </ul>
        )}
        {others > 0 && (
          <Button size="small" variant="quiet" onClick={() => onOpen(look)}>
            {t('others', { count: others })}
          </Button>
        )}
      </Cell>
      <Cell label={t('columns.reason')}>
        <span className={styles.reason}>{look.reason}</span>
      </Cell>
    </tr>
  )
}
