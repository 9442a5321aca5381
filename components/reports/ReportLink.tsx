import Link from 'next/link'
import styles from './ReportLink.module.css'

/** A report in a list that is no queue: its title, and its code below. */
export function ReportLink({ code, title }: { code: string; title: string }) {
  return (
    <Link className={styles.link} href={`/reports/${code}`}>
      <span className={styles.title} lang="vi">
        {title}
      </span>
      <span className={styles.code}>{code}</span>
    </Link>
  )
}
