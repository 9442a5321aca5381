import { z } from 'zod'
import type { Context } from '#server/accounts/context.ts'
import { againOf, defineJob, queueJob, type ScheduledJob } from '#server/platform/jobs.ts'
import { paced } from '#server/platform/pace.ts'
import { catchUp } from './commands/catch-up.ts'
import { checkFigures } from './commands/check-figures.ts'
import { fillDays, fillMonths } from './commands/fill-sums.ts'
import { mailToday } from './commands/mail-today.ts'
import { sendMailings } from './commands/send-mailings.ts'
import { sweepMailings } from './commands/sweep-mailings.ts'

declare module '#server/platform/jobs.ts' {
  interface JobPayloads {
    catch_up_figures: Record<string, never>
    sum_up_months: Record<string, never>
    check_figures: Record<string, never>
    send_mailings: Record<string, never>
    sweep_mailings: Record<string, never>
    mail_today: Record<string, never>
  }
}

export const insightJobs = {
  catch_up_figures: defineJob(z.object({}), (_, { db, now }: Context) =>
    paced(
      async (pace) => {
        await catchUp(db, { goesOn: pace })
        await fillDays(db, now(), { pace })
      },
      () => queueJob(db, 'catch_up_figures', {}, againOf('catch_up_figures')),
    ),
  ),
  sum_up_months: defineJob(z.object({}), (_, { db, now }: Context) =>
    paced(
      (pace) => fillMonths(db, now(), { pace }),
      () => queueJob(db, 'sum_up_months', {}, againOf('sum_up_months')),
    ),
  ),
  check_figures: defineJob(z.object({}), (_, ctx: Context) => checkFigures(ctx)),
  send_mailings: defineJob(z.object({}), (_, ctx: Context) => sendMailings(ctx)),
  sweep_mailings: defineJob(z.object({}), (_, ctx: Context) => sweepMailings(ctx)),
  mail_today: defineJob(z.object({}), (_, ctx: Context) => mailToday(ctx)),
}

/**
 * Catching up runs every minute, so that a user who opens the board waits for a handful of reports; months are added up
 * every hour; at 02:20 in Hanoi all figures are compared with the log. Reports by mail are looked for every minute, and
 * whenever a worker starts; so are those that were left behind. The page of
 * the morning goes at a quarter past seven; each quarter of an hour until ten those are sent that could not be.
 */
export const insightSchedule: readonly ScheduledJob[] = [
  { job: 'catch_up_figures', cron: '* * * * *', payload: {}, atStart: true },
  { job: 'sum_up_months', cron: '40 * * * *', payload: {}, atStart: true },
  { job: 'send_mailings', cron: '* * * * *', payload: {}, atStart: true },
  { job: 'sweep_mailings', cron: '* * * * *', payload: {} },
  { job: 'mail_today', cron: '*/15 * * * *', payload: {}, atStart: true },
  { job: 'check_figures', cron: '20 19 * * *', payload: {} },
]
