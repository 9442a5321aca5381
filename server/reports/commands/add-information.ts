import type { z } from 'zod'
import type { Context } from '#server/accounts/context.ts'
import type { informationInput } from '../rules/schemas.ts'
import { writeMessage } from './ask-citizen.ts'
import { changeReport, type Moved } from './move-report.ts'

/** Records what the citizen added without being asked. */
export async function addInformation(ctx: Context, input: z.output<typeof informationInput>): Promise<Moved> {
  return changeReport(ctx, 'add_information', 'report.information_added', input, async (desk) => ({
    details: { messageId: await writeMessage(desk, 'added', input.body) },
    byCitizen: true,
  }))
}
