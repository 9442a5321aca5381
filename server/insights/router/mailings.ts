import { z } from 'zod'
import { environment } from '#server/platform/environment.ts'
import { staffProcedure } from '#server/procedures/init.ts'
import { removeMailing, saveMailing, sendMailingAgain, switchMailing, testMailing } from '../commands/save-mailing.ts'
import { listMailings, listRuns, recipientChoices } from '../queries/mailings.ts'
import { againInput, mailingInput, saveMailingInput, switchMailingInput } from '../rules/mailing.ts'

const mailing = staffProcedure('insights.mail')

/** Null: there is no mail server, and nothing is sent. */
const domainsNow = () => environment().mail?.domains ?? null

/** Reports that are sent by mail at set times. */
export const mailingProcedures = {
  mailings: mailing.query(async ({ ctx }) => {
    const domains = domainsNow()
    return { domains, mailings: await listMailings(ctx, domains) }
  }),
  mailingRecipients: mailing.query(({ ctx }) => recipientChoices(ctx, domainsNow())),
  mailingRuns: mailing.input(z.uuid()).query(({ ctx, input }) => listRuns(ctx, input)),
  saveMailing: mailing.input(saveMailingInput).mutation(({ ctx, input }) => saveMailing(ctx, input)),
  switchMailing: mailing.input(switchMailingInput).mutation(({ ctx, input }) => switchMailing(ctx, input)),
  removeMailing: mailing.input(mailingInput).mutation(({ ctx, input }) => removeMailing(ctx, input)),
  testMailing: mailing.input(mailingInput).mutation(({ ctx, input }) => testMailing(ctx, input)),
  sendMailingAgain: mailing.input(againInput).mutation(({ ctx, input }) => sendMailingAgain(ctx, input)),
}
