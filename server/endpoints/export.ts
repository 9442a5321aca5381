import type { IncomingMessage, ServerResponse } from 'node:http'
import { finished } from 'node:stream/promises'
import type { Locale } from '#messages/locales.ts'
import type { Context } from '#server/accounts/context.ts'
import type { Permission } from '#server/accounts/rules/permissions.ts'
import { DomainError } from '#server/platform/errors.ts'
import { exportLimits } from '#server/platform/rules/limits.ts'
import type { RequestContext } from '#server/procedures/context.ts'
import { formIn } from './form.ts'
import { admit, answerRefusal } from './refusal.ts'
import { Slots } from './slots.ts'

/** The requested file: by whom, and from which sign-in. */
export type Order = { ctx: Context; form: URLSearchParams; locale: Locale; sessionId: string }

type Pace = { stallSeconds: number; longestSeconds: number }

const slots = new Slots(exportLimits)

/**
 * Exports a file. It is requested by `POST`, so that a link on a foreign page cannot trigger it: the server has refused
 * foreign posts. `handOver` checks the request, records it and responds; its slot is held until the reader has received
 * everything, or has disconnected.
 */
export async function handleExport(
  req: IncomingMessage,
  res: ServerResponse,
  context: RequestContext,
  permission: Permission,
  handOver: (order: Order) => Promise<void>,
  pace: Pace = exportLimits,
): Promise<true> {
  if (req.method !== 'POST') {
    res.writeHead(405, { allow: 'POST', 'cache-control': 'no-store' }).end()
    return true
  }
  try {
    const ctx = admit(context, permission)
    const form = await formIn(req, exportLimits.bodyBytes)
    const leave = slots.take(ctx.actor.id ?? '')
    if (typeof leave === 'string') throw new DomainError('export_busy')
    const unwatch = watchReader(res, pace)
    try {
      const locale = form.get('locale') === 'en' ? 'en' : 'vi'
      await handOver({ ctx, form, locale, sessionId: context.session?.id ?? '' })
      await finished(res)
    } finally {
      unwatch()
      leave()
    }
  } catch (error) {
    answerRefusal(res, error, context.requestId)
  }
  return true
}

/** Disconnects a reader who reads nothing of the waiting data, and one who reads too slowly overall. */
function watchReader(res: ServerResponse, { stallSeconds, longestSeconds }: Pace): () => void {
  const cut = () => res.destroy()
  // If no data is waiting to be read, the database is slow, not the reader.
  res.setTimeout(stallSeconds * 1000, () => res.writableLength > 0 && cut())
  const end = setTimeout(cut, longestSeconds * 1000)
  return () => {
    clearTimeout(end)
    res.setTimeout(0)
  }
}
