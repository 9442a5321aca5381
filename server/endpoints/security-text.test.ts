import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import type { Visit } from './request.ts'
import { handleSecurityText } from './security-text.ts'

const day = 86_400_000
const contacts = ['mailto:baomat@hanoi.example', 'https://hanoi.example/bao-mat']
const home = 'https://desk.hanoi.example'

async function asked(named: string[], at = new Date()): Promise<Response> {
  const visit = { now: () => at, home, isShared: true } as Visit
  const server = createServer((request, response) => {
    if (!handleSecurityText(request, response, visit, named)) response.end('page')
  })
  await new Promise<void>((open) => server.listen(0, open))
  onTestFinished(() => void server.close())
  return fetch(`http://localhost:${(server.address() as AddressInfo).port}/.well-known/security.txt`)
}

test('security.txt has all that RFC 9116 asks for, with the contacts in their order', async () => {
  const response = await asked(contacts)
  expect(response.headers.get('content-type')).toBe('text/plain; charset=utf-8')
  const lines = (await response.text()).trimEnd().split('\n')
  const fields = lines.filter((line) => !line.startsWith('#')).map((line) => line.split(/: (.*)/).slice(0, 2))
  expect(fields.filter(([name]) => name !== 'Expires')).toEqual([
    ...contacts.map((contact) => ['Contact', contact]),
    ['Preferred-Languages', 'vi, en'],
    ['Canonical', `${home}/.well-known/security.txt`],
  ])
  expect(fields.filter(([name]) => name === 'Expires')).toHaveLength(1)
})

test('it is valid for more than 60 days and less than a year, however long the desk has been running', async () => {
  for (const at of ['2026-12-01T00:00:00Z', '2031-02-28T23:59:59Z'].map((text) => new Date(text))) {
    const [, expires = ''] = /^Expires: (.*)$/m.exec(await (await asked(contacts, at)).text()) ?? []
    const days = (Date.parse(expires) - at.getTime()) / day
    expect(days).toBeGreaterThan(60)
    expect(days).toBeLessThan(365)
  }
})

test('without a contact there is no security.txt', async () => {
  expect((await asked([])).status).toBe(404)
})
