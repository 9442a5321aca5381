/**
 * Why a job failed, as somebody is told who can do something about it. `stopped`: the process that had it died.
 * `other`: an older release said it.
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
  /** Leads to the one line of the log that tells of it. */
  fault: string | null
}

const written = /^([a-z_]+) ([2-9A-Z]{10})$/
const isReason = (word: string | undefined): word is JobFailureReason =>
  jobFailureReasons.some((reason) => reason === word)

/** What is kept of a failure with its job: never what the error said, for it may repeat what a citizen wrote. */
export const writeJobFailure = ({ reason, fault }: { reason: JobFailureReason; fault: string }): string =>
  `${reason} ${fault}`

export function readJobFailure(text: string | null): JobFailure {
  if (text === null) return { reason: 'stopped', fault: null }
  const [, word, fault] = written.exec(text) ?? []
  return isReason(word) && fault ? { reason: word, fault } : { reason: 'other', fault: null }
}

/** By the refusal that it amounts to, where it was not the mail server's word. */
export function reasonOfRefusal(code: string): JobFailureReason {
  if (code === 'database_busy') return 'busy'
  if (['unavailable', 'storage_full', 'busy', 'too_slow', 'defect'].includes(code)) return code as JobFailureReason
  return 'rule'
}
