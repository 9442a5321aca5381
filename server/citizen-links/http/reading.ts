import { db } from '#db/client.ts'
import { now } from '#server/platform/clock.ts'
import { hashOfToken } from '../links.ts'
import { pageFacts } from '../queries/page.ts'
import { linkCookie } from '../rules/form-state.ts'
import { isToken } from '../rules/link.ts'
import { type CitizenPage, citizenPage } from '../rules/page.ts'

export { formHeader, unpackForm } from '../rules/form-state.ts'

/** The page of a report for the browser with this cookie; null without a valid link. */
export async function readCitizenPage(code: string, cookies: string | null): Promise<CitizenPage | null> {
  const [, token = ''] = new RegExp(`(?:^|;\\s*)${linkCookie}=([^;]*)`).exec(cookies ?? '') ?? []
  if (!isToken(token)) return null
  const at = now()
  const facts = await pageFacts(db, { hash: hashOfToken(token), code, now: at })
  return facts && citizenPage(facts, facts.reportId, at)
}
