import { alertConsequence, type StandingAlert } from './alert-consequence.ts'
import { type AlertCircumstances, type AlertFindingCode, alertFindings } from './alert-findings.ts'
import type { Block, Heading } from './document.ts'
import { allBlocks, blockText, countWords, documentText, hasBlank, linksOf } from './document-text.ts'
import { isUnsourcedForecast } from './forecast.ts'
import { type LoudspeakerFinding, loudspeakerFindings } from './loudspeaker-findings.ts'
import type { NamedArea } from './named-areas.ts'
import type { Language } from './place-words.ts'
import { placeholderIn } from './placeholders.ts'
import type { BulletinContent, BulletinText } from './schemas.ts'
import { beginOf, endOf } from './validity.ts'
import { type WordedFinding, wordedFindings } from './worded-findings.ts'

export type FindingCode =
  | AlertFindingCode
  | LoudspeakerFinding['code']
  | WordedFinding['code']
  | 'title_missing'
  | 'title_long'
  | 'summary_missing'
  | 'body_empty'
  | 'placeholder_left'
  | 'forecast_unsourced'
  | 'image_no_alt'
  | 'image_alt_is_file_name'
  | 'heading_order'
  | 'heading_empty'
  | 'link_text_vague'
  | 'table_no_header'
  | 'text_long'
  | 'abbreviation'
  | 'date_no_year'
  | 'english_missing'
  | 'english_not_english'
  | 'english_not_corrected'
  | 'minor_changes_fact'
  | 'validity_order'
  | 'validity_past'
  | 'source_missing'
  | 'contact_missing'
  | 'cleaning_changes_alert'

export type Finding = {
  code: FindingCode
  /** Errors block publication; a warning does not once it is ticked. */
  level: 'error' | 'warning'
  language: Language | null
  /** The index of the top-level block, so that the editor can jump there. */
  block: number | null
  words: string
}

/** The key under which a ticked warning is stored. */
export const findingKey = ({ code, language, block }: Finding): string => [code, language ?? '', block ?? ''].join(':')

export type Circumstances = {
  /** When it would be published. */
  sendAt: Date
  alert: Omit<AlertCircumstances, 'sendAt'> | null
  /** The alert in force that the text would meet. */
  standing: StandingAlert
  /** The communes that a text may name; none: the area is not compared with the words. */
  areas?: readonly NamedArea[]
  /** The communes that a street of title or lead runs through. */
  streetAreas?: readonly number[]
}

/** All that a bulletin must pass before it is published, and all that needs a second look. */
export function checkBulletin(
  content: BulletinContent,
  { sendAt, alert, standing, areas = [], streetAreas = [] }: Circumstances,
): Finding[] {
  const findings = [
    ...textFindings(content.vi, 'vi'),
    ...(content.en ? textFindings(content.en, 'en') : []),
    ...frameFindings(content, sendAt),
  ]
  for (const { code, level, words } of wordedFindings(content, { areas, streetAreas }))
    findings.push(found(code, level, { words }))
  if (alert) {
    for (const { code, level } of alertFindings(content, { ...alert, sendAt })) findings.push(found(code, level))
  }
  if (alertConsequence(content, standing, sendAt).kind === 'undecided')
    findings.push(found('alert_ending_missing', 'error'))
  return findings
}

export const errorsIn = (findings: readonly Finding[]): Finding[] => findings.filter(({ level }) => level === 'error')

/** Warnings that are not ticked. */
export function openWarnings(findings: readonly Finding[], acknowledged: readonly string[]): Finding[] {
  return findings.filter((finding) => finding.level === 'warning' && !acknowledged.includes(findingKey(finding)))
}

type Where = { language?: Language; block?: number; words?: string }

export function found(code: FindingCode, level: Finding['level'], { language, block, words }: Where = {}): Finding {
  return { code, level, language: language ?? null, block: block ?? null, words: (words ?? '').slice(0, 80) }
}

function frameFindings(content: BulletinContent, sendAt: Date): Finding[] {
  const findings = frameBlanks(content)
  const [from, to] = [beginOf(content), endOf(content)]
  if (from && to && to <= from) findings.push(found('validity_order', 'error'))
  // For an alert its own findings report it.
  if (to && to <= sendAt && !content.alert) findings.push(found('validity_past', 'error'))
  for (const { code, level, words } of loudspeakerFindings(content)) findings.push(found(code, level, { words }))
  if (!content.en) findings.push(found('english_missing', 'warning'))
  if (!content.source) findings.push(found('source_missing', 'warning'))
  if (!content.contact) findings.push(found('contact_missing', 'warning'))
  return findings
}

/** Blanks in the fields beside the text: they are shown on the page and in the alert as well. */
function frameBlanks({ kind, vi, en, source, sourceEn = '', contact, alert }: BulletinContent): Finding[] {
  const { event = '', eventEn = '', instruction = '', instructionEn = '' } = alert ?? {}
  const findings: Finding[] = []
  for (const text of [source, sourceEn, contact, event, instruction, eventEn, instructionEn]) {
    const words = placeholderIn(text)
    if (words !== null) findings.push(found('placeholder_left', 'error', { words }))
  }
  if (kind !== 'warning') return findings
  for (const [language, text] of [
    ['vi', vi],
    ['en', en],
  ] as const) {
    if (text && isUnsourcedForecast(`${text.title}. ${text.summary}\n${documentText(text.body)}`, language)) {
      findings.push(found('forecast_unsourced', 'warning', { language }))
    }
  }
  return findings
}

const longestTitle = 120
const longestText = 700

function textFindings({ title, summary, body }: BulletinText, language: Language): Finding[] {
  const findings: Finding[] = []
  const add = (code: FindingCode, level: Finding['level'], where: Where = {}) =>
    findings.push(found(code, level, { language, ...where }))
  if (!title) add('title_missing', 'error')
  else if (title.length > longestTitle) add('title_long', 'warning', { words: title })
  if (!summary) add('summary_missing', 'error')
  for (const part of [title, summary]) {
    const words = placeholderIn(part)
    if (words !== null) add('placeholder_left', 'error', { words })
  }
  const text = documentText(body)
  if (text === '') add('body_empty', 'error')
  if (countWords(text) > longestText) add('text_long', 'warning')
  if (language === 'en' && isVietnamese(`${title} ${text}`)) add('english_not_english', 'warning')
  let level = 1
  for (const [block, top] of body.content.entries()) {
    for (const inner of allBlocks([top])) {
      if (inner.type === 'heading') {
        level = headingFindings(inner, level, (code) => add(code, 'error', { block, words: blockText(inner) }))
      }
      for (const code of blockFindings(inner))
        add(code, errorCodes.has(code) ? 'error' : 'warning', { block, words: blockText(inner) })
    }
    for (const { text: words } of linksOf({ type: 'doc', content: [top] })) {
      if (isVague(words)) add('link_text_vague', 'warning', { block, words })
    }
    // A blank of a template has a node type; one that was typed or pasted is recognised by its characters.
    const blank = placeholderIn(blockText(top)) ?? (hasBlank([top]) ? '…' : null)
    if (blank !== null) add('placeholder_left', 'error', { block, words: blank })
    if (top.type === 'image') continue
    for (const [code, words] of phraseFindings(blockText(top), language)) add(code, 'warning', { block, words })
  }
  return findings
}

/** Headings descend one level at a time; readers who navigate by them must not think that one is missing. */
function headingFindings(heading: Heading, before: number, add: (code: FindingCode) => void): number {
  if (blockText(heading).trim() === '') add('heading_empty')
  if (heading.attrs.level > before + 1) add('heading_order')
  return heading.attrs.level
}

const errorCodes: ReadonlySet<FindingCode> = new Set(['image_no_alt', 'image_alt_is_file_name'])

function blockFindings(block: Block): FindingCode[] {
  if (block.type === 'image' && !block.attrs.decorative) {
    const alt = block.attrs.alt.trim()
    if (alt === '') return ['image_no_alt']
    return /^\S+\.(jpe?g|png|webp|gif|heic)$/i.test(alt) || /^(img|image|dsc|screenshot)[-_ ]?\d*$/i.test(alt)
      ? ['image_alt_is_file_name']
      : []
  }
  if (block.type === 'table') {
    const hasHeader = block.content.some(({ content }) => content.some(({ type }) => type === 'tableHeader'))
    return hasHeader ? [] : ['table_no_header']
  }
  return []
}

const vague = ['tại đây', 'ở đây', 'xem thêm', 'bấm vào đây', 'link', 'here', 'click here', 'more', 'read more']
const isVague = (words: string): boolean =>
  vague.includes(
    words
      .trim()
      .toLowerCase()
      .replace(/[.!:]+$/, ''),
  ) || /^https?:\/\//i.test(words.trim())

/** Abbreviations that everyone knows; any other is spelled out once. */
const known = new Set([
  'UBND',
  'HĐND',
  'TP',
  'HN',
  'VN',
  'EVN',
  'BHYT',
  'CSGT',
  'PCCC',
  'UTC',
  'SMS',
  'TV',
  'KM',
  'QL',
  'ĐT',
  'COVID',
  'CAP',
  'GPS',
])

function phraseFindings(text: string, language: Language): [FindingCode, string][] {
  const findings: [FindingCode, string][] = []
  for (const [word] of text.matchAll(/(?<![\p{L}\d])\p{Lu}{2,6}(?![\p{L}\d])/gu)) {
    if (!known.has(word) && !text.includes(`(${word})`)) {
      findings.push(['abbreviation', word])
      break
    }
  }
  const dates =
    language === 'vi'
      ? /(?<![\d/])(?:0?[1-9]|[12]\d|3[01])\/(?:0?[1-9]|1[0-2])(?!\d|\/)/
      : /\b\d{1,2} (?:January|February|March|April|May|June|July|August|September|October|November|December)(?! \d{4})/
  const date = dates.exec(text)
  if (date) findings.push(['date_no_year', date[0]])
  return findings
}

/** Vietnamese letters, in more than a name or two. */
const isVietnamese = (text: string): boolean => {
  const words = text.match(/\p{L}+/gu) ?? []
  const foreign = words.filter((word) => /\p{M}|đ/iu.test(word.normalize('NFD'))).length
  return words.length > 0 && foreign > words.length * 0.4
}
