import { describe, expect, test } from 'vitest'
import { hanoi } from '#server/calendars/rules/test-calendars.ts'
import { deliveryLimits } from '#server/platform/rules/limits.ts'
import type { Channel } from '#server/reports/rules/lifecycle.ts'
import { type Contact, chooseChannel, mobileOf, type Reached, waysTo } from './channels.ts'
import { type DeliveryChannel, deliveryKinds, gatewayKinds } from './delivery.ts'
import { gatewayFailure, gatewayHealth, gatewayHealths, type Sent, takesMessages } from './health.ts'
import { afterQuietHours } from './quiet.ts'
import { nextAttempt, secondsAsked } from './retries.ts'
import { segmentsOf, withoutAccents } from './sms.ts'
import { type Filling, filledCall, type GatewayTemplate, isAccepted, problemOfTemplate, receiptIn } from './template.ts'
import { mailTexts, shortMessage } from './texts.ts'

const contact = (more: Partial<Contact> = {}): Contact => ({
  name: null,
  phone: null,
  email: null,
  address: null,
  ...more,
})
const full = contact({ name: 'Đỗ Thị Ơn', phone: '0912 345 678', email: 'on@example.vn', address: '5 Hàng Bài' })
const reached = (channel: Channel, more: Partial<Contact> = full, clientId: string | null = null): Reached => ({
  channel,
  clientId,
  contact: contact(more),
})

describe('the channel of a delivery', () => {
  test.each<[Channel, string | null, DeliveryChannel[]]>([
    ['app', 'c', ['app', 'zalo', 'sms', 'mail', 'letter']],
    ['app', null, ['zalo', 'sms', 'mail', 'letter']],
    ['open311', 'c', ['app', 'mail', 'sms', 'zalo', 'letter']],
    ['web', null, ['mail', 'sms', 'zalo', 'letter']],
    ['email', null, ['mail', 'sms', 'zalo', 'letter']],
    ['hotline', null, ['sms', 'zalo', 'mail', 'letter']],
    ['walk_in', null, ['sms', 'zalo', 'mail', 'letter']],
    ['import', null, ['sms', 'zalo', 'mail', 'letter']],
  ])('of a reporter who came by %s', (channel, clientId, ways) => {
    expect(waysTo(reached(channel, full, clientId))).toEqual(ways)
  })

  const choice = (who: Reached, open: DeliveryChannel[], tried: DeliveryChannel[] = [], kind = deliveryKinds[0]) => {
    const chosen = chooseChannel(who, kind as never, { open, tried })
    return chosen.channel ?? chosen.because
  }

  test('is the next one where the first has no gateway or has refused', () => {
    const hotline = reached('hotline')
    expect(choice(hotline, [...gatewayKinds])).toBe('sms')
    expect(choice(hotline, ['mail', 'zalo'])).toBe('zalo')
    expect(choice(hotline, [...gatewayKinds], ['sms', 'zalo'])).toBe('mail')
    expect(choice(hotline, ['sms'], ['sms'])).toBe('letter')
    expect(choice(hotline, [])).toBe('letter')
  })

  test('is none for a contact without a gateway, which staff can still call', () => {
    expect(choice(reached('hotline', { phone: '024 3825 1234' }), ['sms'])).toBe('no_channel')
    expect(choice(reached('hotline', { phone: '0912345678' }), ['mail'])).toBe('no_channel')
    expect(choice(reached('email', { email: 'không phải thư' }), ['mail'])).toBe('no_channel')
    expect(choice(reached('web', {}), [...gatewayKinds])).toBe('no_contact')
    // A letter needs a name as well as an address.
    expect(choice(reached('walk_in', { address: '5 Hàng Bài', phone: '024 38251234' }), [])).toBe('no_channel')
  })

  test('is no letter for a reminder to rate', () => {
    expect(choice(reached('walk_in'), [], [], 'rating_reminder' as never)).toBe('no_channel')
  })

  test('only mobile numbers of Vietnam receive messages', () => {
    const numbers = ['0912 345 678', '+84 912.345.678', '024 3825 1234', '1022', '+1 415 555 2671', 'abc']
    expect(numbers.map((phone) => mobileOf({ phone }))).toEqual(['0912345678', '0912345678', null, null, null, null])
  })
})

describe('quiet hours', () => {
  const hours = { quietFrom: '21:00', quietTo: '07:00', quietSparesUrgent: false }
  const sms = { channel: 'sms', severity: 'normal' } as const
  test.each([
    ['2026-03-02 20:59', '2026-03-02 20:59'],
    ['2026-03-02 21:00', '2026-03-03 07:00'],
    ['2026-03-02 23:59', '2026-03-03 07:00'],
    ['2026-03-03 00:00', '2026-03-03 07:00'],
    ['2026-03-03 06:59', '2026-03-03 07:00'],
    ['2026-03-03 07:00', '2026-03-03 07:00'],
    ['2026-12-31 22:00', '2027-01-01 07:00'],
  ])('over midnight: %s becomes %s', (at, then) => {
    expect(afterQuietHours(hanoi(at), hours, sms)).toEqual(hanoi(then))
  })

  test('within a day, or at no time', () => {
    const noon = { ...hours, quietFrom: '12:00', quietTo: '13:30' }
    expect(afterQuietHours(hanoi('2026-03-02 12:10'), noon, sms)).toEqual(hanoi('2026-03-02 13:30'))
    expect(afterQuietHours(hanoi('2026-03-02 14:00'), noon, sms)).toEqual(hanoi('2026-03-02 14:00'))
    const never = { ...hours, quietTo: '21:00' }
    expect(afterQuietHours(hanoi('2026-03-02 23:00'), never, sms)).toEqual(hanoi('2026-03-02 23:00'))
  })

  test('do not delay mail, and delay urgent reports only if the setting says so', () => {
    const night = hanoi('2026-03-02 23:00')
    expect(afterQuietHours(night, hours, { ...sms, channel: 'mail' })).toEqual(night)
    expect(afterQuietHours(night, hours, { ...sms, severity: 'urgent' })).not.toEqual(night)
    expect(afterQuietHours(night, { ...hours, quietSparesUrgent: true }, { ...sms, severity: 'urgent' })).toEqual(night)
  })
})

test('attempts are bounded, and each wait is twice the one before, up to the longest', () => {
  const now = hanoi('2026-03-02 10:00')
  const { attempts } = deliveryLimits.retries
  const waits = Array.from({ length: attempts }, (_, at) => nextAttempt(now, at + 1)).map(
    (at) => at && (at.getTime() - now.getTime()) / 60_000,
  )
  expect(waits).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 240, 240, 240, null])
})

test('a gateway may ask for a longer wait, within a limit and only while it is overloaded', () => {
  const now = hanoi('2026-03-02 10:00')
  const asked = [secondsAsked(429, 120), secondsAsked(503, 1e9), secondsAsked(500, 120), secondsAsked(503, null)]
  expect(asked).toEqual([120, deliveryLimits.askedSeconds, null, null])
  expect([nextAttempt(now, 1, 120), nextAttempt(now, 1, 1), nextAttempt(now, 12, 120)]).toEqual([
    hanoi('2026-03-02 10:02'),
    hanoi('2026-03-02 10:01'),
    null,
  ])
})

describe('a short message', () => {
  const said = {
    code: 'HN-260302-0113',
    link: 'https://ihanoi.hanoi.gov.vn/phan-anh/HN-260302-0113?k=AbCdEfGhIjKlMnOpQrStUvWx',
  }

  test('is counted as networks count it', () => {
    expect([segmentsOf('a'.repeat(160)), segmentsOf('a'.repeat(161)), segmentsOf('a'.repeat(307))]).toEqual([1, 2, 3])
    expect([segmentsOf('ạ'.repeat(70)), segmentsOf('ạ'.repeat(71)), segmentsOf('ạ'.repeat(135))]).toEqual([1, 2, 3])
    expect([segmentsOf('['.repeat(80)), segmentsOf('['.repeat(81))]).toEqual([1, 2])
  })

  test('without accents fits into one, with its code and its link', () => {
    for (const kind of deliveryKinds) {
      const text = shortMessage(kind, said, { plain: true })
      expect([kind, segmentsOf(text)]).toEqual([kind, 1])
      expect(text).toContain(said.code)
      expect(text).toContain(said.link)
      expect(text).toBe(withoutAccents(text))
    }
  })

  test('with accents is the shortest, since no text with a link fits into one', () => {
    expect(shortMessage('answer', said, { plain: false })).toBe(
      `iHanoi: Phản ánh ${said.code} đã có trả lời. ${said.link}`,
    )
    expect(shortMessage('answer', { ...said, link: null }, { plain: true })).toBe(
      'UBND TP Ha Noi: Phan anh HN-260302-0113 cua ong/ba da co tra loi.',
    )
  })

  test('loses the accents of precomposed and of combined letters alike', () => {
    expect(withoutAccents('Đường hoà, Đỗ Thị Ơn'.normalize('NFD'))).toBe('Duong hoa, Do Thi On')
  })
})

test('a mail says the same as text and as HTML, and escapes what it is given', () => {
  const { subject, text, html } = mailTexts('question', { code: 'HN-1', link: 'https://desk.vn/a?b=1&c="x"' })
  expect(subject).toBe('Đề nghị bổ sung thông tin phản ánh HN-1')
  expect(text).toContain('https://desk.vn/a?b=1&c="x"')
  expect(html).toContain('href="https://desk.vn/a?b=1&amp;c=&quot;x&quot;"')
})

describe('the template of a gateway', () => {
  const json: GatewayTemplate = {
    address: 'https://sms.example/v1/send',
    method: 'POST',
    format: 'json',
    headers: 'Authorization: Bearer {{secret}}',
    body: '{"to":"{{phone84}}","parts":["{{ text }}"],"n":1}',
  }
  const filling: Filling = {
    phone: '0912345678',
    phone84: '84912345678',
    text: 'Nói "thế" \\ và\n{{secret}}',
    kind: 'answer',
    code: 'HN-1',
    link: 'https://desk.vn/x?a=1&b=2',
    key: 'k-1',
    secret: 'bí mật\r\nX-Evil: 1',
  }

  test('is filled so that no value changes its structure', () => {
    const call = filledCall(json, filling)
    expect(JSON.parse(call.body ?? '')).toEqual({ to: '84912345678', parts: [filling.text], n: 1 })
    expect(call.headers.authorization).not.toMatch(/[\r\n]/)
    expect(call.headers).toMatchObject({ 'idempotency-key': 'k-1', 'content-type': 'application/json' })
    const form = filledCall({ ...json, format: 'form', body: 'to={{phone}}\nmsg={{text}}\nurl={{link}}' }, filling)
    expect([...new URLSearchParams(form.body)]).toEqual([
      ['to', '0912345678'],
      ['msg', filling.text],
      ['url', filling.link],
    ])
    const get = filledCall({ ...json, method: 'GET', address: 'https://a.b/s?to={{phone}}&m={{text}}' }, filling)
    expect(new URL(get.address).searchParams.get('m')).toBe(filling.text)
    expect(get.body).toBeUndefined()
  })

  test.each<[string, Partial<GatewayTemplate>]>([
    ['template_unknown', { body: '{"to":"{{phone}}","m":"{{text}} {{name}}"}' }],
    ['template_unknown', { address: 'https://{{text}}/send' }],
    ['template_json', { body: '{"to":{{phone}},"m":"{{text}}"}' }],
    ['template_form', { format: 'form', body: 'to={{phone}}\njust {{text}}' }],
    ['template_to', { body: '{"m":"{{text}}"}' }],
    ['template_header', { headers: 'Ủy quyền: {{secret}}' }],
    ['template_header', { headers: 'Content-Type: text/plain' }],
    ['template_header', { headers: '{{text}}: x' }],
  ])('is refused as %s', (problem, change) => {
    expect(problemOfTemplate({ ...json, ...change })).toBe(problem)
  })

  test('says which answer means accepted, and where the number of the message is', () => {
    expect(problemOfTemplate(json)).toBeNull()
    const rule = { acceptedField: 'result.code', acceptedValue: '0', receiptField: 'result.ids.0' }
    const body = '{"result":{"code":0,"ids":["SM_1"]}}'
    expect([isAccepted(body, rule), receiptIn(body, rule, filling)]).toEqual([true, 'SM_1'])
    expect(isAccepted('{"result":{"code":7}}', rule)).toBe(false)
    expect(isAccepted('<html>', rule)).toBe(false)
    expect(isAccepted('{"__proto__":{"x":1}}', { ...rule, acceptedField: 'constructor.name' })).toBe(false)
    // A message number that contains the phone number is not stored.
    expect(receiptIn('{"result":{"ids":["84912345678-1"]}}', rule, filling)).toBeNull()
    expect(receiptIn('{"result":{"ids":["gửi tới Ơn"]}}', rule, filling)).toBeNull()
  })
})

test('the latest call decides the health of a gateway', () => {
  const [ten, eleven] = [hanoi('2026-03-02 10:00'), hanoi('2026-03-02 11:00')]
  const seen = { pausedAt: null, lastAcceptedAt: null, lastFailedAt: null, hasServer: true }
  expect(gatewayHealths.filter((health) => !takesMessages(health))).toEqual(['paused', 'no_server'])
  expect(gatewayHealth(seen)).toBe('unused')
  expect(gatewayHealth({ ...seen, lastAcceptedAt: ten })).toBe('working')
  expect(gatewayHealth({ ...seen, lastAcceptedAt: ten, lastFailedAt: eleven })).toBe('failing')
  expect(gatewayHealth({ ...seen, lastAcceptedAt: eleven, lastFailedAt: ten })).toBe('working')
  expect(gatewayHealth({ ...seen, pausedAt: ten, lastFailedAt: ten })).toBe('paused')
  expect(gatewayHealth({ ...seen, hasServer: false })).toBe('no_server')
})

test('a gateway has failed where nothing of a batch was accepted, and not where one message fails once more', () => {
  const yes: Sent = { outcome: 'accepted', status: '200', receipt: null, attempt: 1 }
  const no: Sent = { outcome: 'temporary', failure: 'not_accepted_so', status: '200', attempt: 1 }
  const never: Sent = { outcome: 'permanent', failure: 'number_refused', status: '200', attempt: 1 }
  expect(gatewayFailure(false, [never, no])).toBe('not_accepted_so')
  expect(gatewayFailure(false, [no, yes, no])).toBeNull()
  expect(gatewayFailure(false, [never])).toBeNull()
  expect(gatewayFailure(false, [{ ...no, attempt: 2 }])).toBeNull()
  expect(gatewayFailure(true, [{ ...no, attempt: 2 }])).toBe('not_accepted_so')
})
