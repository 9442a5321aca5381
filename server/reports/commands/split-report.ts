import { eq } from 'drizzle-orm'
import type { z } from 'zod'
import { reporters } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import type { splitInput } from '../rules/schemas.ts'
import { eventsTelling, moveParts } from './move-parts.ts'
import { changeReport, type Desk, type Moved } from './move-report.ts'
import { openIntakeDesk, takeIn } from './receive-report.ts'

type SplitInput = z.output<typeof splitInput>
export type SplitOff = Moved & { splitOff: Moved }

/**
 * One report, two matters: the second becomes a separate report of the same citizen, in their own words, with the parts
 * that staff pick. It is received now by the dispatchers, and its clocks start now. A split is undone by merging.
 */
export async function splitReport(ctx: Context, input: SplitInput): Promise<SplitOff> {
  let splitOff: Moved | undefined
  const moved = await changeReport(ctx, 'split_report', 'report.split', input, async (desk) => {
    const { report } = desk
    const { parts } = input
    const told = await eventsTelling(desk.tx, report.id, parts)
    splitOff = await receiveSecond(desk, input, told)
    await moveParts(desk.tx, { from: report.id, to: splitOff.id }, parts)
    return { details: { toReportId: splitOff.id, toCode: splitOff.code, parts, handedOver: told } }
  })
  if (!splitOff) throw new Error('nothing was split off')
  return { ...moved, splitOff }
}

async function receiveSecond(
  { tx, ctx, report }: Desk,
  { title, categoryCode, parts }: SplitInput,
  tookOver: number[],
) {
  const [reporter] = await tx.select().from(reporters).where(eq(reporters.reportId, report.id))
  const { channel, body, address, lon, lat, incidentId } = report
  const intake = {
    channel,
    source: 'split',
    sourceKey: `${report.code}/${report.version}`,
    title,
    body,
    categoryCode,
    severity: null,
    address,
    point: lon === null || lat === null ? null : { lon, lat },
    receivedAt: null,
    occurredAt: report.occurredAt ?? report.receivedAt,
    incidentId,
    reporter: reporter
      ? {
          name: reporter.name ?? '',
          phone: reporter.phone ?? '',
          email: reporter.email ?? '',
          address: reporter.address ?? '',
        }
      : null,
    tags: [],
  }
  const about = { fromReportId: report.id, fromCode: report.code, parts, tookOver }
  const [second] = await takeIn(tx, ctx, await openIntakeDesk(tx), [intake], about)
  if (!second) throw new Error('the second report was there already')
  return { id: second.id, code: second.code, version: second.version, state: second.state }
}
