import type { z } from 'zod'
import type { Context } from '#server/accounts/context.ts'
import type { informationInput } from '../rules/schemas.ts'
import { writeMessage } from './ask-citizen.ts'
import { changeReport, type Moved } from './move-report.ts'
import { attachPhotos, type WithPhotos } from './received-photos.ts'

/** Records what the citizen added without being asked. */
export async function addInformation(
  ctx: Context,
  input: z.output<typeof informationInput>,
  withPhotos: WithPhotos = {},
): Promise<Moved> {
  return changeReport(ctx, 'add_information', 'report.information_added', input, async (desk) => {
    const { set, details } = await attachPhotos(desk, withPhotos)
    const messageId = await writeMessage(desk, 'added', input.body)
    return { ...(set && { set }), details: { messageId, ...details }, byCitizen: true }
  })
}
