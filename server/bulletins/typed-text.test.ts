import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { XMLParser } from 'fast-xml-parser'
import { expect, test } from 'vitest'
import { validateXML } from 'xmllint-wasm'
import { alertPanelOf, contentOf, textOf } from '#db/factories/bulletins.ts'
import { naughtyStrings } from '#db/factories/naughty-strings.ts'
import { hanoi } from '#server/calendars/rules/test-calendars.ts'
import { capXml } from './cap-xml.ts'
import { capMessage } from './rules/cap.ts'
import { bulletinContent, correctBulletinInput, withdrawBulletinInput } from './rules/schemas.ts'

const schema = readFileSync(join(import.meta.dirname, 'http/testing/cap-1.2.xsd'), 'utf8')

/** A bulletin with the same pasted text in every field. */
function pasted(text: string) {
  const written = { ...textOf(text, text), title: text, summary: text }
  const words = { event: text, eventEn: text, instruction: text, instructionEn: text }
  return bulletinContent.parse(
    contentOf(text, { vi: written, en: written, source: text, contact: text, alert: alertPanelOf(words) }),
  )
}

/** Control characters except newline and tab, lone surrogates, and non-characters. */
const unsayable = /[^\P{Cc}\n\t]|\p{Surrogate}|[\ufffe\uffff]/u

function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return value && typeof value === 'object' ? Object.values(value).flatMap(stringsIn) : []
}

test.for(naughtyStrings)('whatever is pasted into a bulletin becomes valid text: %j', (text) => {
  const content = pasted(text)
  const { notice } = withdrawBulletinInput.parse({ id, version: 1, notice: `Rút ${text}` })
  const { note } = correctBulletinInput.parse({ id, version: 1, kind: 'minor', note: text })
  for (const kept of stringsIn([content, notice, note])) {
    expect(kept).not.toMatch(unsayable)
    expect(kept).toBe(kept.normalize('NFC'))
  }
  for (const line of [content.vi.title, content.vi.summary, content.source, content.contact, content.alert?.event])
    expect(line).not.toMatch(/[\n\t\u2028\u2029]/)
})

const id = '0198f3a0-0000-7000-8000-000000000001'

test('an alert is valid CAP and says what was typed, whatever was pasted', async () => {
  const contents = naughtyStrings.map(pasted)
  const messages = contents.map((content, at) =>
    capMessage({
      identifier: `hanoi-${at}`,
      sender: 'desk.example',
      senderName: { vi: 'Thành phố', en: 'City' },
      sentAt: hanoi('2026-03-02 09:00'),
      status: 'Actual',
      messageType: 'Alert',
      content,
      areas: [{ name: content.vi.title, nameEn: content.vi.title, code: '01', rings: [] }],
      references: [],
      web: null,
    }),
  )
  const xml = messages.map((message, at) => ({ fileName: `${at}.xml`, contents: capXml(message) }))
  const { errors } = await validateXML({ xml, schema: [schema] })
  expect(errors).toEqual([])
  const parser = new XMLParser({ parseTagValue: false, trimValues: false })
  for (const [at, { contents: written }] of xml.entries()) {
    const [info] = parser.parse(written).alert.info
    expect([at, info.event, info.instruction ?? '']).toEqual([
      at,
      contents[at]?.alert?.event,
      contents[at]?.alert?.instruction,
    ])
  }
})

test('a line break of another program is one here, and no two words run together', () => {
  const { alert, vi } = pasted('Sơ tán ngay\u000bkhông qua cầu\r\nLong Biên\u0001khẩn')
  expect(alert?.instruction).toBe('Sơ tán ngay\nkhông qua cầu\nLong Biên khẩn')
  expect([alert?.event, vi.title]).toEqual(Array(2).fill('Sơ tán ngay không qua cầu Long Biên khẩn'))
})
