import { isoInHanoi } from '#server/platform/rules/local-day.ts'
import type { AlertEnding, CapMessageType, CapStatus } from './alert.ts'
import { documentText } from './document-text.ts'
import { capPolygon, type Ring } from './polygons.ts'
import type { BulletinContent, BulletinText } from './schemas.ts'

export type CapGeocode = { valueName: string; value: string }
export type CapArea = { areaDesc: string; polygon: string[]; geocode?: CapGeocode[] }
export type CapInfo = {
  language: string
  category: string
  event: string
  responseType: string
  urgency: string
  severity: string
  certainty: string
  effective: string
  onset?: string
  expires: string
  senderName: string
  headline: string
  description: string
  instruction?: string
  web?: string
  contact?: string
  area: CapArea[]
}
/** A CAP 1.2 message, its parts in the order that the standard requires. */
export type CapMessage = {
  identifier: string
  sender: string
  sent: string
  status: CapStatus
  msgType: CapMessageType
  scope: 'Public'
  note?: string
  references?: string
  info: CapInfo[]
}

/** A message that this one follows. */
export type Reference = { identifier: string; sender: string; sentAt: Date }
/** `code`: of the administrative unit, as numbered by the statistics office. */
export type AlertArea = { name: string; nameEn: string; code: string; rings: readonly Ring[] }

/** The code system: units of the National (formerly General) Statistics Office of Viet Nam. */
const codeSystem = 'VN-GSO'

export type CapParts = {
  identifier: string
  sender: string
  senderName: { vi: string; en: string }
  sentAt: Date
  status: CapStatus
  messageType: CapMessageType
  /** Of a message that cancels. */
  ending?: AlertEnding
  content: BulletinContent
  areas: readonly AlertArea[]
  references: readonly Reference[]
  /** The public address of the bulletin. */
  web: { vi: string; en: string } | null
  note?: Notice
}

/** The note to readers on a change, in each language. Without English there is none in the English block. */
export type Notice = { vi: string; en: string }

/** CAP allows neither `Z` nor fractions of seconds. */
const capTime = isoInHanoi

export const referenceText = ({ sender, identifier, sentAt }: Reference): string =>
  `${sender},${identifier},${capTime(sentAt)}`

/** The message of a bulletin that is issued as an alert. Throws where it is none: callers check first. */
export function capMessage(parts: CapParts): CapMessage {
  const { content, references, note } = parts
  return {
    identifier: parts.identifier,
    sender: parts.sender,
    sent: capTime(parts.sentAt),
    status: parts.status,
    msgType: parts.messageType,
    scope: 'Public',
    ...(note?.vi ? { note: note.vi } : {}),
    ...(references.length > 0 ? { references: references.map(referenceText).join(' ') } : {}),
    info: [infoOf(parts, 'vi', content.vi), ...(content.en ? [infoOf(parts, 'en', content.en)] : [])].map((info) =>
      parts.messageType === 'Cancel' ? cancelled(info, parts.ending ?? 'error', note) : info,
    ),
  }
}

const endingWords = {
  over: {
    vi: {
      headline: (event: string) => `Hết cảnh báo: ${event}`,
      text: 'Cảnh báo này đã chấm dứt.',
    },
    en: { headline: (event: string) => `All clear: ${event}`, text: 'This alert has ended.' },
  },
  error: {
    vi: { headline: (event: string) => `Hủy cảnh báo: ${event}`, text: 'Cảnh báo trước đã hủy.' },
    en: { headline: (event: string) => `Alert cancelled: ${event}`, text: 'The earlier alert is cancelled.' },
  },
} as const

const mostOfHeadline = 160

const wordsOf = ({ language }: CapInfo): 'vi' | 'en' => (language.startsWith('en') ? 'en' : 'vi')

/**
 * The info block of a Cancel message. It has its own headline and repeats no instruction, so that no one reads it as a
 * new alert. Only the ending `over` is an all-clear.
 */
function cancelled({ instruction: _, onset: __, ...info }: CapInfo, ending: AlertEnding, note?: Notice): CapInfo {
  const { headline, text } = endingWords[ending][wordsOf(info)]
  const { event } = info
  return {
    ...info,
    headline: headline(event).slice(0, mostOfHeadline),
    description: [text, note?.[wordsOf(info)]].filter(Boolean).join(' '),
    ...(ending === 'over'
      ? { responseType: 'AllClear', urgency: 'Past', severity: 'Minor', certainty: 'Observed' }
      : { responseType: 'None', urgency: 'Unknown', severity: 'Unknown', certainty: 'Unknown' }),
  }
}

function infoOf(parts: CapParts, language: 'vi' | 'en', text: BulletinText): CapInfo {
  const { content, sentAt, areas, web, senderName } = parts
  const panel = content.alert
  if (!panel?.expires) throw new Error('a bulletin that is no alert')
  const isEnglish = language === 'en'
  const instruction = isEnglish ? panel.instructionEn : panel.instruction
  return {
    language: isEnglish ? 'en' : 'vi-VN',
    category: panel.category,
    event: isEnglish ? panel.eventEn || text.title : panel.event,
    responseType: panel.response,
    urgency: panel.urgency,
    severity: panel.severity,
    certainty: panel.certainty,
    effective: capTime(sentAt),
    ...(panel.onset && new Date(panel.onset) >= sentAt ? { onset: capTime(new Date(panel.onset)) } : {}),
    expires: capTime(expiryOf(new Date(panel.expires), sentAt)),
    senderName: senderName[language],
    headline: text.title.slice(0, mostOfHeadline),
    description: [text.summary, documentText(text.body)].filter(Boolean).join('\n\n'),
    ...(instruction ? { instruction } : {}),
    ...(web ? { web: web[language] } : {}),
    ...(content.contact ? { contact: content.contact } : {}),
    area: areas.map(({ name, nameEn, code, rings }) => ({
      areaDesc: isEnglish ? nameEn : name,
      polygon: rings.map(capPolygon),
      geocode: [{ valueName: codeSystem, value: code }],
    })),
  }
}

const takenDown = {
  vi: { headline: 'Cảnh báo đã được gỡ bỏ', description: 'Bản tin cảnh báo đã được gỡ bỏ và không còn hiệu lực.' },
  en: { headline: 'Alert taken down', description: 'This alert has been taken down and no longer holds.' },
} as const

/**
 * What is still published of an alert whose bulletin is gone: that it was cancelled, and where. Nothing of its content,
 * and not why it was removed.
 */
export function withoutWords({ note: _, ...message }: CapMessage): CapMessage {
  return {
    ...message,
    info: message.info.map(({ instruction: _, contact: __, web: ___, ...info }) => {
      const words = takenDown[wordsOf(info)]
      return { ...info, ...words, event: words.headline }
    }),
  }
}

/**
 * A message that cancels another, without the title of the bulletin that replaced it, where that must not be read any
 * more.
 */
export function withoutNote({ note, ...message }: CapMessage): CapMessage {
  if (!note || message.msgType !== 'Cancel') return message
  const endingOf = ({ responseType }: CapInfo): AlertEnding => (responseType === 'AllClear' ? 'over' : 'error')
  const info = message.info.map((part) => ({ ...part, description: endingWords[endingOf(part)][wordsOf(part)].text }))
  return { ...message, info }
}

/** A message that cancels one that has lapsed must itself not have lapsed when it is sent. */
function expiryOf(expires: Date, sentAt: Date): Date {
  return expires > sentAt ? expires : new Date(sentAt.getTime() + 3_600_000)
}
