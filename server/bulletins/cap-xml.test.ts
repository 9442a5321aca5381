import { XMLValidator } from 'fast-xml-parser'
import { expect, test } from 'vitest'
import { capXml } from './cap-xml.ts'
import type { CapMessage } from './rules/cap.ts'

const message = (instruction: string) =>
  ({
    identifier: 'hanoi-1',
    sender: 'desk@example.com',
    sent: '2026-03-02T09:00:00+07:00',
    status: 'Actual',
    msgType: 'Alert',
    scope: 'Public',
    info: [{ language: 'vi-VN', instruction, area: [] }],
  }) as unknown as CapMessage

test('text pasted from slides leaves no character in an alert that XML cannot hold, and no two words run together', () => {
  const xml = capXml(message('Sơ tán ngay\u000bkhông qua cầu\u0001 <Long Biên>'))
  expect(xml).toContain('<instruction>Sơ tán ngay không qua cầu &lt;Long Biên&gt;</instruction>')
  expect(XMLValidator.validate(xml)).toBe(true)
})
