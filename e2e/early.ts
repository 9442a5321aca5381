import type { Locator, Page } from '@playwright/test'
import type { Database } from '#db/client.ts'
import type { BuiltReport } from '#db/factories/reports.ts'
import { buildOffice, buildReportAt, type Office } from './office.ts'
import { openReport } from './report-page.ts'
import { factsOfReport, holdUp, holdUpCode } from './slow-line.ts'
import { visit } from './visit.ts'

type Given = { signedInAs: (username: string) => Promise<Page>; db: Database }
type Late = { page: Page; letGo: () => void }

export const inOrder = '/reports?view=my_agency&sort=code&dir=asc'
export const activeRow = (page: Page): Locator => page.locator('tr[data-focused]')

/** An office with `count` reports in progress. */
export async function officeWith(db: Database, count: number): Promise<Office> {
  const office = await buildOffice(db)
  for (let i = 1; i <= count; i++) {
    await buildReportAt(db, office, { state: 'in_progress', title: `Cây nghiêng số ${i}` })
  }
  return office
}

/** Their list, with the facts of its reports still loading. */
export async function lateList({ signedInAs, db }: Given, who: 'officer' | 'approver', count: number): Promise<Late> {
  const office = await officeWith(db, count)
  const page = await signedInAs(office[who].username)
  const letGo = await holdUp(page, factsOfReport)
  await visit(page, inOrder)
  return { page, letGo }
}

/** A report open for the officer, with the code of one of its boxes, identified by words in it, still loading. */
export async function lateBox(
  { signedInAs, db }: Given,
  words: string,
): Promise<Late & { article: Locator; report: BuiltReport }> {
  const office = await buildOffice(db)
  const report = await buildReportAt(db, office)
  const page = await signedInAs(office.officer.username)
  const letGo = await holdUpCode(page, words)
  const article = await openReport(page, report.code)
  return { page, letGo, article, report }
}

/**
 * Types 80 ms a key, and lets what is late come two seconds after the first key. `meanwhile` looks at the page before
 * that.
 */
export async function typeWhileLate(
  page: Page,
  words: string,
  letGo: () => void,
  meanwhile: () => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  const typing = page.keyboard.type(words, { delay: 80 })
  await Promise.all([new Promise((pass) => setTimeout(pass, 2000)), meanwhile()])
  letGo()
  await typing
}
