import { PublicFrame } from './PublicFrame.tsx'
import { pagesOf, type Reader } from './reader.ts'

type Props = { reader: Reader; what: 'gone' | 'missing' }

/** Shown where a bulletin was taken down, or where there never was one. */
export function NoBulletin({ reader, what }: Props) {
  const { locale, t } = reader
  return (
    <PublicFrame reader={reader} other={pagesOf(locale === 'en' ? 'vi' : 'en')}>
      <h1 className="title">{t(`published.${what}.title`)}</h1>
      <p className="lead">{t(`published.${what}.sentence`)}</p>
      <p className="more">
        <a href={pagesOf(locale)}>{t('published.home')}</a>
      </p>
    </PublicFrame>
  )
}
