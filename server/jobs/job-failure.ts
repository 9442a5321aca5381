import { newFault } from '#server/platform/fault.ts'
import { log } from '#server/platform/log.ts'
import { mailFailureOf } from '#server/platform/mail.ts'
import { refusalFor } from '#server/platform/rules/failure.ts'
import { type JobFailureReason, reasonOfRefusal, writeJobFailure } from './rules/failure.ts'

type Tried = { job: string; jobId: string; attempt: number; attempts: number }

/** Logs the error, once, and returns the error that the queue may store. */
export function logJobFailure(error: unknown, tried: Tried): Error {
  const [reason, fault] = [reasonOf(error), newFault()]
  const isLast = tried.attempt >= tried.attempts
  log.error({ err: error, ...tried, reason, fault }, isLast ? 'job failed, and is not tried again' : 'job failed')
  return new Error(writeJobFailure({ reason, fault }))
}

function reasonOf(error: unknown): JobFailureReason {
  // Only errors of the mail library have these properties.
  const isOfMail = error instanceof Error && ('command' in error || 'responseCode' in error)
  const mail = isOfMail ? mailFailureOf(error) : null
  return mail ? `mail_${mail}` : reasonOfRefusal(refusalFor(error).code)
}
