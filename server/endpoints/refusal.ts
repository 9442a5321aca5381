import type { ServerResponse } from 'node:http'
import type { Context } from '#server/accounts/context.ts'
import { mayUse, type Permission } from '#server/accounts/rules/permissions.ts'
import { capacityFor } from '#server/accounts/rules/substitution.ts'
import { DomainError } from '#server/platform/errors.ts'
import { logFailure } from '#server/platform/log.ts'
import { refusalFor, refusalHeaders } from '#server/platform/rules/failure.ts'
import type { RequestContext } from '#server/procedures/context.ts'
import { httpStatusOf } from '#server/procedures/refusals.ts'

/** The context of a request to an endpoint, if the account has the permission; throws otherwise. */
export function admit(context: RequestContext, permission: Permission): Context {
  if (!context.session) throw new DomainError(context.sessionRefusal ?? 'signed_out')
  const { actor } = context.session
  // As in the procedures: its own roles if they suffice, else those of a colleague, whom the log then names.
  const capacity = capacityFor(actor, (one) => mayUse(one, permission))
  if (!capacity) throw new DomainError('forbidden')
  return { ...context, actor: { ...actor, onBehalfOf: capacity.onBehalfOf } }
}

/**
 * Answers a refused download with its code in JSON, for the screen to translate. If the download has already begun, the
 * connection is destroyed: the browser must not take a part for the whole file.
 */
export function answerRefusal(res: ServerResponse, error: unknown, requestId: string | null | undefined): void {
  const isReaderGone = (error as NodeJS.ErrnoException)?.code === 'ERR_STREAM_PREMATURE_CLOSE'
  const isReportedAlready = error instanceof DomainError || isReaderGone
  const refusal = refusalFor(error)
  const { code, details } = isReportedAlready
    ? refusal
    : logFailure(refusal, { err: error, requestId }, 'download failed')
  if (res.headersSent) {
    res.destroy()
    return
  }
  res
    .writeHead(httpStatusOf(code), {
      'content-type': 'application/json',
      ...refusalHeaders({ code, details }),
      // The response to a refused form is loaded into a frame of the page, which reads it.
      'x-frame-options': 'SAMEORIGIN',
    })
    .end(JSON.stringify({ code, details }))
}

type File = {
  name: string
  type: string
  headers?: Readonly<Record<string, string | number>>
}

/** Writes the response head of a file download. */
export function beginDownload(res: ServerResponse, { name, type, headers = {} }: File): void {
  res.writeHead(200, {
    'content-type': type,
    'content-disposition': `attachment; filename="${name}"`,
    'cache-control': 'no-store',
    ...headers,
  })
}
