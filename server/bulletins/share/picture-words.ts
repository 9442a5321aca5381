import { createTranslator } from 'next-intl'
import { messagesOf } from '#messages/catalog.ts'
import { nameIn } from '#server/platform/rules/filters/things.ts'
import type { PublicPage } from '../queries/public.ts'
import type { BulletinSeverity } from '../rules/bulletin.ts'
import { hasArea } from '../rules/named-areas.ts'
import type { Language } from '../rules/place-words.ts'
import {
  clockAndDay,
  placesWithin,
  type ShareMark,
  type ShareShape,
  shareMark,
  spanInWords,
} from '../rules/share-image.ts'
import { readAs } from '../rules/stale.ts'
import { beginOf, endOf, type Validity } from '../rules/validity.ts'

/** All that a picture shows: equal words give the same picture. */
export type PictureWords = {
  shape: ShareShape
  language: Language
  severity: BulletinSeverity
  masthead: string
  kind: string
  mark: { kind: NonNullable<ShareMark>; words: string } | null
  title: string
  facts: { label: string; words: string }[]
  issuer: string
  number: string
  scan: string
  /** The link in the code. */
  link: string
}

type Told = { language: Language; shape: ShareShape; home: string; at: Date; isExercise?: boolean }

export function pictureWords(page: PublicPage, { language, shape, home, at, isExercise = false }: Told): PictureWords {
  const t = createTranslator({ locale: language, messages: messagesOf(language), namespace: 'published' })
  const { content } = page
  const english = language === 'en' ? content.en : null
  const validity = validityOf(page, at, isExercise)
  const mark = shareMark(validity, isExercise)
  const isUrgent = content.severity === 'emergency'
  const facts = [
    { label: t('share.validity'), words: validityWords() },
    {
      label: t('areas'),
      words:
        page.areas.length > 0
          ? placesWithin(page.areas, language, placeRoom[shape])
          : t(hasArea(content) ? 'wholeCity' : 'noArea'),
    },
    { label: t('source'), words: nameIn({ name: content.source, nameEn: content.sourceEn ?? '' }, language === 'en') },
  ]
  return {
    shape,
    language,
    severity: content.severity,
    masthead: t('title'),
    kind: [t(`kinds.${content.kind}`), isUrgent ? t('severities.emergency') : ''].filter(Boolean).join(' · '),
    mark: mark && { kind: mark, words: t(`share.marks.${mark}`) },
    title: (english ?? content.vi).title,
    facts: facts.filter(({ words }) => words !== ''),
    issuer: t('author'),
    number:
      page.incident && page.number
        ? t.markup('number', {
            number: String(page.number),
            incident: nameIn(page.incident, language === 'en'),
            name: (chunks) => chunks,
          })
        : '',
    scan: t('share.scan'),
    link: isExercise ? `${home}/bulletins/${page.id}` : `${home}${language === 'en' ? '/en' : ''}/ban-tin/${page.slug}`,
  }

  function validityWords(): string {
    const [from, to] = [beginOf(content) ?? page.firstPublishedAt, endOf(content)]
    const says = (moment: Date) => clockAndDay(moment, language)
    if (validity === 'withdrawn' || validity === 'superseded')
      return t(`share.${validity}`, { at: says(page.changedAt) })
    if (!to) return t('share.since', { from: says(from) })
    if (validity === 'expired') return t('share.ended', { to: says(to) })
    return from < to ? spanInWords(from, to, language) : t('share.until', { to: says(to) })
  }
}

/** An exercise is never public, and is judged by its dates alone. */
function validityOf(page: PublicPage, at: Date, isExercise: boolean): Validity | 'stale' {
  return readAs(isExercise ? { ...page, standing: 'live' } : page, at)
}

/** The number of letters of a list of places that fill two lines. */
const placeRoom = { ngang: 80, doc: 74 } as const
