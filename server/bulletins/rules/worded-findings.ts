import type { AlertPanel } from './alert.ts'
import { documentText } from './document-text.ts'
import { hasArea, type KnownPlaces, proposedArea } from './named-areas.ts'
import type { BulletinContent } from './schemas.ts'
import { templateSource } from './templates.ts'

export type WordedFinding = {
  code:
    | 'area_missing'
    | 'area_contradictory'
    | 'area_wider_than_text'
    | 'area_other_than_text'
    | 'source_of_template'
    | 'alert_certainty_words'
    | 'alert_urgency_words'
  level: 'error' | 'warning'
  words: string
}

/** Where the fields of a bulletin say something else than its words. */
export function wordedFindings(content: BulletinContent, known: KnownPlaces): WordedFinding[] {
  return [...areaFindings(content, known), ...sourceFindings(content), ...alertWordFindings(content)]
}

function areaFindings(content: BulletinContent, { areas, streetAreas }: KnownPlaces): WordedFinding[] {
  const { areaIds, wholeCity } = content
  if (!hasArea(content)) return [{ code: 'area_missing', level: 'error', words: '' }]
  if (wholeCity && areaIds.length > 0) return [{ code: 'area_contradictory', level: 'error', words: '' }]
  const named = proposedArea(content, areas)
  const nameOf = (ids: readonly number[]) =>
    ids.map((id) => areas.find((area) => area.id === id)?.name ?? String(id)).join(', ')
  if (streetAreas.length > 0 && (!named || named.wholeCity)) {
    // A street may be meant in one of the communes that it runs through, so one of them is enough.
    if (streetAreas.some((id) => areaIds.includes(id))) return []
    const code = wholeCity ? 'area_wider_than_text' : 'area_other_than_text'
    return [{ code, level: 'warning', words: nameOf(streetAreas) }]
  }
  if (!named) return []
  if (wholeCity)
    return named.wholeCity ? [] : [{ code: 'area_wider_than_text', level: 'warning', words: nameOf(named.areaIds) }]
  if (named.wholeCity) return []
  const left = named.areaIds.filter((id) => !areaIds.includes(id))
  if (left.length > 0) return [{ code: 'area_other_than_text', level: 'warning', words: nameOf(left) }]
  const added = areaIds.filter((id) => !named.areaIds.includes(id))
  return added.length > 0 ? [{ code: 'area_wider_than_text', level: 'warning', words: nameOf(named.areaIds) }] : []
}

/** The service that a template names, of a text that no longer speaks of it. */
function sourceFindings({ kind, source, vi }: BulletinContent): WordedFinding[] {
  if (source === '' || source !== templateSource(kind)) return []
  const isNamed = wordsOf({ vi }).includes(source.toLowerCase())
  return isNamed ? [] : [{ code: 'source_of_template', level: 'warning', words: source }]
}

const wordsOf = ({ vi }: Pick<BulletinContent, 'vi'>): string =>
  [vi.title, vi.summary, documentText(vi.body)].join('\n').normalize('NFC').toLowerCase()

const word = (words: string): RegExp => new RegExp(`(?<![\\p{L}\\p{M}])(?:${words})(?![\\p{L}\\p{M}])`, 'u')
const uncertain = word('có thể|dự báo|có khả năng|khả năng cao|nguy cơ|dự kiến')
const happening = word('đang|đã|hiện nay|hiện tại|hiện đang')
const urgent = word('đang|ngay lập tức|lập tức|khẩn cấp|khẩn trương|ngay bây giờ|(?:sơ tán|rời|di dời|tránh xa) ngay')
const later = word('ngày mai|ngày kia|tuần tới|tuần sau|tháng tới|ngày tới|những ngày tới|vài ngày tới|sắp tới')

const certain: readonly AlertPanel['certainty'][] = ['Likely', 'Possible', 'Unlikely']
const notNow: readonly AlertPanel['urgency'][] = ['Expected', 'Future', 'Past']

/** Certainty and urgency of an alert against the words of its title and lead, where both must be plain. */
function alertWordFindings({ vi, alert }: BulletinContent): WordedFinding[] {
  if (!alert) return []
  const said = [vi.title, vi.summary].join('\n').normalize('NFC').toLowerCase()
  const findings: WordedFinding[] = []
  const add = (code: WordedFinding['code'], words: string | undefined) =>
    findings.push({ code, level: 'warning', words: words ?? '' })
  const [guess, fact, haste, delay] = [uncertain, happening, urgent, later].map((one) => one.exec(said)?.[0])
  if (alert.certainty === 'Observed' && guess && !fact) add('alert_certainty_words', guess)
  if (certain.includes(alert.certainty) && fact && !guess) add('alert_certainty_words', fact)
  if (notNow.includes(alert.urgency) && haste && !delay) add('alert_urgency_words', haste)
  if (alert.urgency === 'Immediate' && delay && !haste) add('alert_urgency_words', delay)
  return findings
}
