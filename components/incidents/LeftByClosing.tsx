import { Siren } from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { type ReactNode, useEffect, useRef } from 'react'
import { CheckField } from '#components/ui/CheckField.tsx'
import { useFormat } from '#components/ui/use-format.ts'
import type { LeftByClosing as Left } from '#server/bulletins/queries/closing.ts'
import styles from './LeftByClosing.module.css'

type Props = { left: Left; isLeft: boolean; onLeave: (isLeft: boolean) => void }

/**
 * What the newsroom still has of an incident that is being closed: alerts in force first, each with a link to its
 * all-clear.
 */
export function LeftByClosing({ left: { alerts, scheduled, drafts }, isLeft, onLeave }: Props) {
  const t = useTranslations('incidents.closing.left')
  const format = useFormat()
  const count = alerts.length
  const first = useRef<HTMLElement>(null)
  // The text field below has the focus, and the browser would keep that in view instead of the alerts.
  useEffect(() => {
    // In newer browsers it returns a promise, which is not a function that ends an effect.
    void first.current?.parentElement?.firstElementChild?.scrollIntoView({ block: 'nearest' })
  }, [])
  return (
    <>
      {count > 0 && (
        <section ref={first} className={styles.part}>
          <h3 className={styles.urgent}>
            <Siren size={16} aria-hidden="true" />
            {t('alerts')}
          </h3>
          <p>{t(alerts.some(({ mayEnd }) => mayEnd) ? 'alertsSentence' : 'asked')}</p>
          <ul>
            {alerts.map(({ id, title, until, mayEnd }) => (
              <Row key={id} id={id} title={title} note={t('until', { at: format.dateTime(until) })}>
                {mayEnd && (
                  <Link href={`/bulletins/${id}?move=withdraw&ending=over`} aria-label={t('allClearOf', { title })}>
                    {t('allClear')}
                  </Link>
                )}
              </Row>
            ))}
          </ul>
          <CheckField label={t('keep', { count })} checked={isLeft} onChange={onLeave} />
        </section>
      )}
      {scheduled.length > 0 && (
        <section className={styles.part}>
          <h3>{t('scheduled')}</h3>
          <p>{t('scheduledSentence')}</p>
          <ul className={styles.long}>
            {scheduled.map(({ id, title, at, isAlert }) => (
              <Row
                key={id}
                id={id}
                title={title}
                note={t(isAlert ? 'scheduledAlert' : 'scheduledAt', { at: format.dateTime(at) })}
              />
            ))}
          </ul>
        </section>
      )}
      {drafts.length > 0 && (
        <section className={styles.part}>
          <h3>{t('drafts')}</h3>
          <ul className={styles.long}>
            {drafts.map(({ id, title, state }) => (
              <Row key={id} id={id} title={title} note={t(`states.${state}`)} />
            ))}
          </ul>
        </section>
      )}
    </>
  )
}

type RowProps = { id: string; title: string; note: string; children?: ReactNode }

function Row({ id, title, note, children }: RowProps) {
  return (
    <li>
      <Link href={`/bulletins/${id}`} lang="vi">
        {title}
      </Link>
      <small>{note}</small>
      {children}
    </li>
  )
}
