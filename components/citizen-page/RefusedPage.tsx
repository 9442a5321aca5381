import type { Reader } from '#components/bulletins/public/reader.ts'
import { CitizenFrame } from './CitizenFrame.tsx'

/** Shown for every invalid link, whatever the reason, so that it does not reveal which reports exist. */
export function RefusedPage({ reader, path }: { reader: Reader; path: string }) {
  const { t } = reader
  return (
    <CitizenFrame reader={reader} path={path}>
      <h1 className="title">{t('citizenPage.refused.title')}</h1>
      <p className="lead">{t('citizenPage.refused.sentence')}</p>
      <p>{t('citizenPage.refused.what')}</p>
      <p className="more">
        <a className="call" href="tel:1022">
          {t('citizenPage.call')}
        </a>
      </p>
    </CitizenFrame>
  )
}
