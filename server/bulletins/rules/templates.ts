import type { AlertPanel } from './alert.ts'
import type { Audience, BulletinKind, BulletinSeverity } from './bulletin.ts'
import type { Block, Inline } from './document.ts'
import { areasInWords, type Language, listedAreas, momentInWords, mostNamed } from './place-words.ts'
import { type BulletinContent, type BulletinText, emptyText } from './schemas.ts'
import { forecaster, type TemplateText, templateWords } from './template-words.ts'

/** What a template uses of the incident it is written for. */
export type TemplateSubject = {
  incident: string | null
  /** For the English text. */
  incidentEn?: string
  areaIds: readonly number[]
  areaNames: readonly string[]
  at: Date
}

type Form = {
  severity: BulletinSeverity
  audience: readonly Audience[]
  /** How long it is usually valid. */
  hours: number | null
  source?: string
  sourceEn?: string
}

const forms: Readonly<Record<BulletinKind, Form>> = {
  warning: {
    severity: 'warning',
    audience: ['everyone'],
    hours: 6,
    source: forecaster,
    sourceEn: 'National Centre for Hydro-Meteorological Forecasting',
  },
  road_closed: { severity: 'advisory', audience: ['drivers'], hours: 6 },
  shelter: { severity: 'warning', audience: ['evacuees'], hours: 24 },
  power: { severity: 'advisory', audience: ['everyone'], hours: 12 },
  water: { severity: 'advisory', audience: ['everyone'], hours: 12 },
  health: { severity: 'advisory', audience: ['everyone'], hours: 72 },
  all_clear: { severity: 'info', audience: ['everyone'], hours: null },
  news: { severity: 'info', audience: ['everyone'], hours: null },
  policy: { severity: 'info', audience: ['everyone'], hours: null },
}

/** The source that the template of a kind proposes, if any. */
export const templateSource = (kind: BulletinKind): string | null => forms[kind].source ?? null

/** A bulletin of its kind to begin from, in both languages, with the data of the incident already filled in. */
export function templateOf(kind: BulletinKind, subject: TemplateSubject): BulletinContent {
  const { severity, audience, hours, source, sourceEn } = forms[kind]
  const { areaIds, at } = subject
  const { vi, en } = templateWords[kind]
  return {
    kind,
    severity,
    audience: [...audience],
    areaIds: [...areaIds],
    validFrom: hours === null ? null : at.toISOString(),
    validTo: hours === null ? null : new Date(at.getTime() + hours * 3_600_000).toISOString(),
    source: source ?? '',
    ...(sourceEn && { sourceEn }),
    contact: '1022',
    vi: textOf(vi, subject, 'vi'),
    en: en && textOf(en, subject, 'en'),
    alert: null,
  }
}

function textOf({ title, summary, body }: TemplateText, subject: TemplateSubject, language: Language): BulletinText {
  const { incident, incidentEn, areaNames, at } = subject
  const words: Record<string, string> = {
    incident: (language === 'en' && incidentEn) || (incident ?? '…'),
    areas: areasInWords(areaNames, language),
    time: momentInWords(at, language),
  }
  const fill = (text: string) => text.replace(/\{(\w+)\}/g, (_, name: string) => words[name] ?? '…')
  const [first, ...rest] = body.map(fill)
  const places = `${language === 'vi' ? 'Địa bàn' : 'Places'}: ${listedAreas(areaNames, language)}.`
  const lines = first === undefined ? [] : [first, ...(areaNames.length > mostNamed ? [places] : []), ...rest]
  return { title: fill(title), summary: fill(summary), body: { type: 'doc', content: blocksOf(lines) } }
}

function blocksOf(lines: readonly string[]): Block[] {
  const blocks: Block[] = []
  for (const line of lines) {
    const words = line.replace(/^[–#!] /, '')
    const last = blocks.at(-1)
    if (line.startsWith('– ')) {
      const item = { type: 'listItem' as const, content: [paragraph(words)] }
      if (last?.type === 'bulletList') last.content.push(item)
      else blocks.push({ type: 'bulletList', content: [item] })
    } else if (line.startsWith('# ')) {
      blocks.push({ type: 'heading', attrs: { level: 2 }, content: inlines(words) })
    } else if (line.startsWith('! ')) {
      blocks.push({ type: 'callout', attrs: { tone: 'warning' }, content: [paragraph(words)] })
    } else blocks.push(paragraph(words))
  }
  return blocks
}

const paragraph = (text: string): Block => ({ type: 'paragraph', content: inlines(text) })

/** Each ellipsis of a template becomes a blank that the editor can jump to and fill in. */
const inlines = (text: string): Inline[] =>
  text
    .split(/(…)/)
    .filter(Boolean)
    .map((part) => (part === '…' ? { type: 'blank' } : { type: 'text', text: part }))

/** A copy of the last bulletin, to be updated: what applied only to that one is left out. */
export function duplicateOf(content: BulletinContent, at: Date): BulletinContent {
  const { validFrom, validTo, alert } = content
  const span = validFrom && validTo ? Date.parse(validTo) - Date.parse(validFrom) : null
  return {
    ...content,
    validFrom: span === null ? null : at.toISOString(),
    validTo: span === null ? null : new Date(at.getTime() + span).toISOString(),
    alert: alert && { ...alert, onset: null, expires: null },
    loudspeaker: null,
  }
}

export type QuickLines = { title: string; summary: string; body: string }

/** Three lines are a bulletin: what, who is affected, what to do. */
export function quickContent(kind: BulletinKind, subject: TemplateSubject, lines: QuickLines): BulletinContent {
  const base = templateOf(kind, subject)
  const content = lines.body
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((text): Block => ({ type: 'paragraph', content: [{ type: 'text', text }] }))
  const vi = { ...emptyText, title: lines.title, summary: lines.summary, body: { type: 'doc' as const, content } }
  // The template's English would say something else, and its source may not be the source of this text.
  return { ...base, source: '', sourceEn: '', vi, en: null }
}

type Suggestion = Pick<AlertPanel, 'event' | 'eventEn' | 'category' | 'response' | 'urgency' | 'severity' | 'certainty'>

const suggestions: Readonly<Record<BulletinKind, Suggestion>> = {
  warning: suggestion('Thời tiết nguy hiểm', 'Severe weather', 'Met', 'Shelter', 'Expected', 'Severe', 'Likely'),
  road_closed: suggestion('Cấm đường', 'Road closed', 'Transport', 'Avoid', 'Immediate', 'Moderate', 'Observed'),
  shelter: suggestion('Sơ tán', 'Evacuation', 'Safety', 'Evacuate', 'Immediate', 'Severe', 'Likely'),
  power: suggestion('Mất điện', 'Power cut', 'Infra', 'Monitor', 'Immediate', 'Minor', 'Observed'),
  water: suggestion(
    'Gián đoạn cấp nước',
    'Water supply interrupted',
    'Infra',
    'Monitor',
    'Immediate',
    'Minor',
    'Observed',
  ),
  health: suggestion('Cảnh báo y tế', 'Health warning', 'Health', 'Prepare', 'Expected', 'Moderate', 'Likely'),
  all_clear: suggestion('Hết cảnh báo', 'All clear', 'Safety', 'AllClear', 'Past', 'Minor', 'Observed'),
  news: suggestion('Thông báo', 'Notice', 'Other', 'None', 'Unknown', 'Unknown', 'Unknown'),
  policy: suggestion('Thông báo', 'Notice', 'Other', 'None', 'Unknown', 'Unknown', 'Unknown'),
}

function suggestion(
  event: string,
  eventEn: string,
  category: Suggestion['category'],
  response: Suggestion['response'],
  urgency: Suggestion['urgency'],
  severity: Suggestion['severity'],
  certainty: Suggestion['certainty'],
): Suggestion {
  return { event, eventEn, category, response, urgency, severity, certainty }
}

/** The alert that is proposed for a bulletin of this kind; an emergency is extreme and immediate. */
export function suggestedAlert({ kind, severity, validTo }: BulletinContent): AlertPanel {
  const proposed = suggestions[kind]
  const isEmergency = severity === 'emergency'
  return {
    ...proposed,
    ...(isEmergency && { urgency: 'Immediate' as const, severity: 'Extreme' as const }),
    onset: null,
    expires: validTo,
    instruction: '',
    instructionEn: '',
  }
}
