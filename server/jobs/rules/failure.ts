/**
 * Why a job failed, as shown to those who can fix it. `stopped`: the process that ran it died. `other`: written by an
 * older release.
 */
export const jobFailureReasons = [
  'mail_unreachable',
  'mail_login',
  'mail_refused',
  'unavailable',
  'storage_full',
  'busy',
  'too_slow',
  'rule',
  'defect',
  'stopped',
  'other',
] as const
export type JobFailureReason = (typeof jobFailureReasons)[number]

export type JobFailure = {
  reason: JobFailureReason
  /** The code of its line in the log. */
  fault: string | null
}

const written = /^([a-z_]+) ([2-9A-Z]{10})$/
const isReason = (word: string | undefined): word is JobFailureReason =>
  jobFailureReasons.some((reason) => reason === word)

/** What is stored of a failure with its job: never the error message, because it may repeat a citizen's words. */
export const writeJobFailure = ({ reason, fault }: { reason: JobFailureReason; fault: string }): string =>
  `${reason} ${fault}`

export function readJobFailure(text: string | null): JobFailure {
  if (text === null) return { reason: 'stopped', fault: null }
  const [, word, fault] = written.exec(text) ?? []
  return isReason(word) && fault ? { reason: word, fault } : { reason: 'other', fault: null }
}

/** The reason for a refusal code, for errors that do not come from the mail server. */
export function reasonOfRefusal(code: string): JobFailureReason {
  if (code === 'database_busy') return 'busy'
  if (['unavailable', 'storage_full', 'busy', 'too_slow', 'defect'].includes(code)) return code as JobFailureReason
  return 'rule'
}
