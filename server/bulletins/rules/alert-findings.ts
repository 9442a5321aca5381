import type { CapStatus } from './alert.ts'
import type { Reference } from './cap.ts'
import { documentText } from './document-text.ts'
import { faultOfRing, type Ring } from './polygons.ts'
import type { BulletinContent } from './schemas.ts'

export type AlertFindingCode =
  | 'alert_event_missing'
  | 'alert_expires_missing'
  | 'alert_sent_after_onset'
  | 'alert_sent_after_expiry'
  | 'alert_expires_before_onset'
  | 'alert_too_long'
  | 'alert_long'
  | 'alert_area_missing'
  | 'alert_area_crosses'
  | 'alert_instruction_missing'
  | 'alert_english_missing'
  | 'alert_english_same'
  | 'alert_event_english_missing'
  | 'alert_text_only_in_image'
  | 'alert_reference_missing'
  | 'alert_reference_circular'
  | 'alert_reference_later'
  | 'alert_not_actual'
  | 'alert_ending_missing'

export type AlertFinding = { code: AlertFindingCode; level: 'error' | 'warning' }

export type AlertCircumstances = {
  /** When it would be sent. */
  sendAt: Date
  rings: readonly Ring[]
  /** Where it updates or cancels others: the messages it follows. */
  follows: { identifier: string; references: readonly Reference[] } | null
  status: CapStatus
  /** Whether it would reach the public channel. */
  isLive: boolean
}

const day = 86_400_000
const longestDays = 30
/** Below this number of words the message of an alert is probably in its picture, where no screen reader finds it. */
const leastWords = 12

const error = (code: AlertFindingCode): AlertFinding => ({ code, level: 'error' })
const warning = (code: AlertFindingCode): AlertFinding => ({ code, level: 'warning' })

/** Why a bulletin cannot be sent as an alert. */
export function alertFindings(content: BulletinContent, circumstances: AlertCircumstances): AlertFinding[] {
  const { alert } = content
  if (!alert) return []
  const { rings, status, isLive } = circumstances
  const findings = [...timeFindings(content, circumstances.sendAt), ...languageFindings(content)]
  if (!alert.event) findings.push(error('alert_event_missing'))
  const isGrave = alert.severity === 'Extreme' || alert.severity === 'Severe'
  if (isGrave && !alert.instruction) findings.push(error('alert_instruction_missing'))
  if (rings.length === 0 || rings.some((ring) => faultOfRing(ring) === 'too_few_points')) {
    findings.push(error('alert_area_missing'))
  }
  if (rings.some((ring) => ['crosses_itself', 'not_closed'].includes(faultOfRing(ring) ?? ''))) {
    findings.push(error('alert_area_crosses'))
  }
  const words = `${content.vi.summary} ${documentText(content.vi.body)}`.match(/\S+/g)?.length ?? 0
  if (words < leastWords) findings.push(error('alert_text_only_in_image'))
  if (isLive && status !== 'Actual') findings.push(error('alert_not_actual'))
  return [...findings, ...referenceFindings(circumstances)]
}

function timeFindings({ alert }: BulletinContent, sendAt: Date): AlertFinding[] {
  if (!alert?.expires) return [error('alert_expires_missing')]
  const onset = alert.onset ? new Date(alert.onset) : null
  const expires = new Date(alert.expires)
  const findings: AlertFinding[] = []
  if (onset && sendAt > onset) findings.push(error('alert_sent_after_onset'))
  if (sendAt >= expires) findings.push(error('alert_sent_after_expiry'))
  if (onset && expires <= onset) findings.push(error('alert_expires_before_onset'))
  const span = expires.getTime() - (onset ?? sendAt).getTime()
  if (span > longestDays * day) findings.push(error('alert_too_long'))
  else if (span > day) findings.push(warning('alert_long'))
  return findings
}

function languageFindings({ alert, vi, en }: BulletinContent): AlertFinding[] {
  if (!en) return [warning('alert_english_missing')]
  const findings: AlertFinding[] = []
  const isSame = (a: string, b: string) => a !== '' && a.trim().toLowerCase() === b.trim().toLowerCase()
  const bodies = isSame(documentText(vi.body), documentText(en.body))
  if (isSame(vi.title, en.title) || bodies || isSame(alert?.instruction ?? '', alert?.instructionEn ?? '')) {
    findings.push(error('alert_english_same'))
  }
  if (!alert?.eventEn) findings.push(warning('alert_event_english_missing'))
  return findings
}

function referenceFindings({ follows, sendAt }: AlertCircumstances): AlertFinding[] {
  if (!follows) return []
  const { identifier, references } = follows
  if (references.length === 0) return [error('alert_reference_missing')]
  const findings: AlertFinding[] = []
  if (references.some((reference) => reference.identifier === identifier))
    findings.push(error('alert_reference_circular'))
  if (references.some(({ sentAt }) => sentAt > sendAt)) findings.push(error('alert_reference_later'))
  return findings
}
