import { randomInt } from 'node:crypto'
import { expect } from '@playwright/test'
import { buildAgency, buildCity } from '#db/factories/agencies.ts'
import { buildArea } from '#db/factories/areas.ts'
import { buildReport } from '#db/factories/reports.ts'
import { unique } from '#db/factories/unique.ts'
import { test } from './fixtures.ts'
import { handOver } from './handed-over.ts'
import { buildOfCity } from './office.ts'
import { holdUp, holdUpCode } from './slow-line.ts'
import { addressOf, buildFields, buildMixed, titleOn } from './triage.ts'
import { visit } from './visit.ts'

/** A name, and the initials of its last words, by which nothing else is found. */
function wordsByLetters() {
  const letters = Array.from({ length: 4 }, () => String.fromCharCode(97 + randomInt(26))).join('')
  return { letters, name: `Đội ${[...letters].map((letter) => `${letter.toUpperCase()}an`).join(' ')}` }
}

const anyOf = (letters: string): string => letters.charAt(randomInt(letters.length))

test('an agency is found by the initials of its words and Ctrl+Enter; a previously chosen one by a letter or a digit', async ({
  signedInAs,
  db,
}) => {
  const fields = await buildFields(db)
  const { calendarId } = await buildCity(db)
  const { name, letters } = wordsByLetters()
  const [one, other] = [
    await buildAgency(db, { calendarId, name: `${name} ${unique('a')}` }),
    await buildAgency(db, { calendarId, name: `${name} ${unique('b')}` }),
  ]
  const built = await buildMixed(db, fields, 4)
  const dispatcher = await buildOfCity(db, 'dispatcher', 'Phạm Thị Lan')
  const page = await signedInAs(dispatcher.username)
  const dialog = page.getByRole('dialog')
  const agency = dialog.getByRole('combobox', { name: /^Đơn vị/ })
  const begin = async (at: number) => {
    await expect(titleOn(page)).toHaveText(built[at]?.title ?? '')
    await page.keyboard.press('a')
    await expect(agency).toBeFocused()
  }
  const said = (at: number, name: string) =>
    expect(page.getByText(`Đã phân công ${built[at]?.code} cho ${name}`)).toBeVisible()
  await visit(page, addressOf(fields))

  // Two of them: the one that would be chosen is shown first.
  await begin(0)
  await page.keyboard.type(letters)
  await expect(page.getByRole('option')).toHaveText([one.name, other.name].sort().map((name) => new RegExp(name)))
  await page.keyboard.press('Control+Enter')
  await expect(agency).toHaveValue(new RegExp(`^${name}`))
  await expect(dialog).toBeVisible()
  await agency.fill(letters)
  await expect(page.getByRole('option')).toHaveCount(2)
  await page.keyboard.press('ArrowDown')
  const pointed = await page.getByRole('option').nth(1).textContent()
  const [chosen, rest] = pointed?.includes(one.name) ? [one, other] : [other, one]
  await page.keyboard.press('Control+Enter')
  await said(0, chosen.name)

  await begin(1)
  await page.keyboard.type(letters.slice(0, 1))
  await expect(page.getByRole('option').first()).toContainText(chosen.name)
  await page.keyboard.press('Control+Enter')
  await said(1, chosen.name)

  // What the list renders after the press does not move the highlight from the line that was moved to: on a slow
  // machine that comes late.
  const letGo = await holdUp(page, /reports\.likelyAgencies/)
  await begin(2)
  await agency.evaluate((input: HTMLInputElement, typed) => {
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(input, typed)
    input.dispatchEvent(new InputEvent('input', { bubbles: true }))
    input.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowDown', bubbles: true }))
  }, letters)
  letGo()
  await expect(dialog.getByRole('button', { name: chosen.name })).toBeVisible()
  await expect(dialog.getByRole('button', { name: rest.name })).toHaveCount(0)
  await expect(page.getByRole('option').nth(1)).toHaveClass(/Mui-focusVisible/)
  await page.keyboard.press('Control+Enter')
  await said(2, rest.name)

  // A digit beside a match chooses and sends it; a vowel that an input method made of that digit does neither.
  await begin(3)
  await page.keyboard.type(letters)
  await expect(page.getByRole('option').nth(1)).toContainText('2')
  const last = page.getByRole('option').nth(1)
  const isOne = (await last.textContent())?.includes(one.name)
  await handOver(page, 'à', 'Digit2')
  await expect(agency).toHaveValue(letters)
  await page.keyboard.press('2')
  await said(3, isOne ? one.name : other.name)
})

test('where reports of the place are handled, two letters and Enter send; what is proposed already uses no digit', async ({
  signedInAs,
  db,
}) => {
  const fields = await buildFields(db)
  const { calendarId } = await buildCity(db)
  const { id: areaId } = await buildArea(db)
  const [first, second] = [anyOf('fjwzq'), anyOf('fjwzv')]
  const initials = `${first.toUpperCase()}úy ${second.toUpperCase()}ương ${unique('a')}`
  const [here, other] = [
    await buildAgency(db, { calendarId, name: `Đội ${initials}` }),
    await buildAgency(db, { calendarId, name: `Ban ${initials}` }),
  ]
  // One that no longer has a digit, and the agency that the rules propose, which has handled reports there too.
  const likelier = [fields.agency]
  for (let i = 0; i < 5; i++) likelier.push(await buildAgency(db, { calendarId }))
  for (const { id: agencyId } of [...likelier, ...likelier, here])
    await buildReport(db, { state: 'in_progress', categoryCode: fields.decided, agencyId, areaId })
  const built = await buildMixed(db, fields, 2, { areaId })
  const dispatcher = await buildOfCity(db, 'dispatcher', 'Phạm Thị Lan')
  const page = await signedInAs(dispatcher.username)
  const dialog = page.getByRole('dialog')
  const agency = dialog.getByRole('combobox', { name: /^Đơn vị/ })
  const picks = dialog.getByRole('list', { name: 'Đơn vị thường nhận phản ánh ở nơi này' }).getByRole('button')
  const begin = async (at: number) => {
    await expect(titleOn(page)).toHaveText(built[at]?.title ?? '')
    await page.keyboard.press('a')
    await expect(agency).toBeFocused()
  }
  await visit(page, addressOf(fields))
  await expect(page.getByRole('button', { name: /^Tiếp nhận →/ })).toBeVisible()

  await begin(0)
  await expect(agency).toHaveValue(fields.agency.name)
  await expect(picks).toHaveCount(5)
  await expect(picks.filter({ hasText: fields.agency.name })).toHaveCount(0)
  await page.keyboard.type(first + second)
  await expect(page.getByRole('option')).toHaveText([here, other].map(({ name }) => new RegExp(name)))
  await page.keyboard.press('Enter')
  await expect(page.getByText(`Đã phân công ${built[0]?.code} cho ${here.name}`)).toBeVisible()

  // Chosen by its digit, it is sent by Enter alone as well.
  await begin(1)
  const digit = await picks.filter({ hasText: here.name }).textContent()
  await page.keyboard.press(digit?.charAt(0) ?? '')
  await expect(agency).toHaveValue(here.name)
  await page.keyboard.press('Enter')
  await expect(page.getByText(`Đã phân công ${built[1]?.code} cho ${here.name}`)).toBeVisible()
})

test('text that matches no agency is sent nowhere, and a name half typed replaces the previous value', async ({
  signedInAs,
  db,
}) => {
  const fields = await buildFields(db)
  const [first] = await buildMixed(db, fields, 1)
  const dispatcher = await buildOfCity(db, 'dispatcher', 'Phạm Thị Lan')
  const page = await signedInAs(dispatcher.username)
  const dialog = page.getByRole('dialog')
  const agency = dialog.getByRole('combobox', { name: /^Đơn vị/ })
  await visit(page, addressOf(fields))
  await expect(page.getByRole('button', { name: /^Tiếp nhận →/ })).toBeVisible()
  await page.keyboard.press('a')
  await expect(agency).toHaveValue(fields.agency.name)

  await page.keyboard.type('khong co don vi nay')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Control+Enter')
  await expect(agency).toHaveValue('khong co don vi nay')
  // After leaving the field as well, and by the button.
  await page.keyboard.press('Tab')
  await dialog.getByRole('button', { name: /^Tiếp nhận và phân công/ }).click()
  await expect(dialog.getByText('Chọn một mục')).toBeVisible()
  await expect(agency).toHaveValue('khong co don vi nay')
  await expect(agency).toBeFocused()

  // The only match is chosen by leaving the field.
  await agency.fill(fields.agency.name.slice(0, -1))
  await expect(page.getByRole('option')).toHaveCount(1)
  await page.keyboard.press('Tab')
  await expect(agency).toHaveValue(fields.agency.name)
  await page.keyboard.press('Control+Enter')
  await expect(page.getByText(`Đã phân công ${first?.code} cho ${fields.agency.name}`)).toBeVisible()
})

test('a digit and Ctrl+Enter pressed while the dialog is loading send nothing; in the dialog they choose and send', async ({
  signedInAs,
  db,
}) => {
  const fields = await buildFields(db)
  const [first] = await buildMixed(db, fields, 1)
  const dispatcher = await buildOfCity(db, 'dispatcher', 'Phạm Thị Lan')
  const page = await signedInAs(dispatcher.username)
  const letGo = await holdUpCode(page, 'scrollPaper')
  await visit(page, addressOf(fields))
  await expect(titleOn(page)).toHaveText(first?.title ?? '')
  await page.keyboard.press('3')
  await page.keyboard.press('6')
  await page.keyboard.press('Control+Enter')
  letGo()
  const dialog = page.getByRole('dialog', { name: /^Từ chối/ })
  await expect(dialog.getByRole('radio').first()).toBeFocused()
  await expect(dialog.getByRole('radio', { checked: true })).toHaveCount(0)
  await page.keyboard.press('6')
  await page.keyboard.press('Control+Enter')
  await expect(page.getByText(`Đã từ chối ${first?.code}`)).toBeVisible()
  // A report rejected as spam by mistake notified no one, and comes back.
  await page.keyboard.press('z')
  await expect(page.getByText(`Đã hoàn tác trên ${first?.code}`)).toBeVisible()
  await expect(titleOn(page)).toHaveText(first?.title ?? '')
})
