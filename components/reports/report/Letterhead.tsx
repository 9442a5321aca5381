import { useTranslations } from 'next-intl'
import { useFormat } from '#components/ui/use-format.ts'
import styles from './PrintedReport.module.css'

type Props = { issuer: string; superior: string | null; code: string; at: Date }

/**
 * The head of an official document of the city, as decree 30/2020/NĐ-CP (appendix I) sets it: issuing agency on the
 * left, name of the state and its motto on the right, below them number and place with date. Vietnamese in every
 * language.
 */
export function Letterhead({ issuer, superior, code, at }: Props) {
  const t = useTranslations('report.sheet')
  const format = useFormat()
  const [day, month, year] = format.date(at).split('/').map(Number) as [number, number, number]
  const padded = (part: number, below: number) => (part < below ? `0${part}` : String(part))
  return (
    <header className={styles.head} lang="vi">
      <div>
        {superior && <p className={styles.over}>{superior.toLocaleUpperCase('vi')}</p>}
        <p className={styles.issuer}>{issuer.toLocaleUpperCase('vi')}</p>
        <p className={styles.number}>{t('number', { code })}</p>
      </div>
      <div>
        <p className={styles.state}>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</p>
        <p className={styles.motto}>Độc lập - Tự do - Hạnh phúc</p>
        <p className={styles.date}>{`Hà Nội, ngày ${padded(day, 10)} tháng ${padded(month, 3)} năm ${year}`}</p>
      </div>
    </header>
  )
}
